package dev.lanewise.core.internal.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A quick loop must not be inlined into the loop around it: the call of the careful one there
/// leaves no vector register alone, and the constants would be read anew for each vector. C2
/// inlines methods up to `FreqInlineSize`, which is this many bytes.
class QuickLoopsTest {
  private static final int LARGEST_INLINED = 325;

  private static final List<Class<?>> CLASSES =
      List.of(
          DoubleExponentials.class,
          FloatExponentials.class,
          DoubleActivations.class,
          FloatActivations.class,
          DoubleSine.class,
          FloatSine.class);

  @Test
  void quickLoopsAreTooLargeToBeInlined() throws IOException {
    Set<String> small = new TreeSet<>();
    int loops = 0;
    for (Class<?> type : CLASSES) {
      for (MethodModel method : methods(type)) {
        String name = method.methodName().stringValue();
        if (name.contains("While")) {
          loops++;
          int bytes = method.findAttribute(Attributes.code()).orElseThrow().codeLength();
          if (bytes <= LARGEST_INLINED) {
            small.add(type.getSimpleName() + "." + name + ": " + bytes + " bytes");
          }
        }
      }
    }
    assertTrue(loops >= 8, "only " + loops + " loops were found by their names");
    assertEquals(Set.of(), small, "let these take more vectors at a time");
  }

  private static List<MethodModel> methods(Class<?> type) throws IOException {
    try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return ClassFile.of().parse(bytes.readAllBytes()).methods();
    }
  }
}
