package dev.lanewise.layers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.lanewise.gradcheck.contract.Completeness;
import dev.lanewise.layers.loss.LossContractTests;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Property;

class CompletenessTest {
  @Property(tries = 1, seed = "1")
  void everyLayerAndLossHasAContractTest() {
    Map<String, Class<?>> through = new HashMap<>(LossContractTests.OPS);
    through.put(Elementwise.class.getName(), ActivationOfFunctionsContractTest.class);
    through.put(Dropout.Mask.class.getName(), DropoutContractTest.class);
    Completeness.require(Linear.class, getClass(), through);
  }

  @Property(tries = 1, seed = "1")
  void everyKnownActivationHasAContractTest() {
    for (Activation activation : Activations.all()) {
      StringBuilder name = new StringBuilder("dev.lanewise.layers.");
      for (String word : activation.name().split("_")) {
        name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
      name.append("ContractTest");
      Class<?> test =
          assertDoesNotThrow(
              () -> Class.forName(name.toString()), () -> activation + " has no test " + name);
      assertDoesNotThrow(
          () -> test.getDeclaredConstructor().newInstance(), () -> "cannot make " + name);
    }
  }
}
