package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir private Path folder;

  private static Sequential model(long seed) {
    Key key = Key.of(seed);
    return Sequential.of(
        Linear.of(3, 4, Initialisers.heNormal(0), key.with(0)),
        Activations.relu(),
        Linear.of(4, 2, Initialisers.heNormal(0), key.with(1)));
  }

  private static List<Tensor> values(Object model) {
    return Parameters.of(model).list().stream().map(Parameter::value).toList();
  }

  private static void assertSameBits(Object expected, Object found) {
    List<Tensor> left = values(expected);
    List<Tensor> right = values(found);
    for (int i = 0; i < left.size(); i++) {
      assertTrue(left.get(i).sameBits(right.get(i)), "parameter " + i);
    }
  }

  @Test
  void aModelIsSavedAndLoadedBitForBit() {
    Path file = folder.resolve("model.safetensors");
    for (DType dtype : DType.values()) {
      Sequential saved = Parameters.convert(model(1), dtype);
      Sequential loaded = Parameters.convert(model(2), dtype);
      ModelFile.save(saved, file);
      ModelFile.load(loaded, file);
      assertSameBits(saved, loaded);
    }
    assertEquals(
        List.of("layers.0.bias", "layers.0.weight", "layers.2.bias", "layers.2.weight"),
        List.copyOf(Safetensors.read(file).tensors().keySet()));
  }

  @Test
  void frozenParametersAreSavedToo() {
    Path file = folder.resolve("model.safetensors");
    Linear frozen =
        new Linear(
            Parameter.frozen(FloatTensor.matrix(new float[] {1}, new float[] {2})),
            Optional.empty());
    ModelFile.save(frozen, file);
    assertTrue(Safetensors.read(file).tensors().get("weight").sameBits(frozen.weight().value()));
  }

  @Test
  void aFileOfAnotherModelIsRefusedWithEverythingThatDiffersAndNothingIsChanged() {
    Path file = folder.resolve("model.safetensors");
    new Safetensors(
            Map.of(
                "layers.0.weight", values(model(2)).get(0),
                "layers.0.bias", FloatTensor.vector(1, 2, 3),
                "layers.2.weight", values(model(2)).get(2).to(DType.FLOAT64),
                "extra", FloatTensor.vector(1)),
            Map.of())
        .write(file);
    Sequential model = model(1);
    assertEquals(
        file
            + ": the weights do not fit the model: 'layers.0.bias' is float32[3] but the model has"
            + " float32[4]; 'layers.2.weight' is float64[4,2] but the model has float32[4,2];"
            + " 'layers.2.bias' is missing; 'extra' is unexpected.",
        assertThrows(WeightsException.class, () -> ModelFile.load(model, file)).getMessage());
    assertSameBits(model(1), model);
  }
}
