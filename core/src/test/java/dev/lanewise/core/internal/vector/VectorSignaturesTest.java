package dev.lanewise.core.internal.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No method passes a vector on: whether the compiler inlines it, or boxes each vector instead, is
/// a matter of luck that differs from one start of the JVM to the next. See the package's page.
class VectorSignaturesTest {
  /// By these the tiles of some rows broadcast an element of A. They stand at the beginning of a
  /// tile's loop and have a handful of calls, so a compilation has not grown to the limit where
  /// they are reached; the tallest tile, whose calls would reach it, writes them out.
  private static final Set<String> EXCEPTIONS =
      Set.of("DoubleGemmKernel.broadcast", "FloatGemmKernel.broadcast");

  @Test
  void noMethodTakesOrGivesVectors() throws Exception {
    Set<String> found = new TreeSet<>();
    for (Class<?> type : classes()) {
      for (Method method : type.getDeclaredMethods()) {
        String name = type.getSimpleName() + "." + method.getName();
        if (passesVectors(method) && !EXCEPTIONS.contains(name)) {
          found.add(name);
        }
      }
    }
    assertEquals(Set.of(), found, "methods to write out where they are called");
  }

  private static boolean passesVectors(Method method) {
    return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
        .map(Class::getSimpleName)
        .anyMatch(name -> name.endsWith("Vector") || name.equals("VectorMask"));
  }

  private static List<Class<?>> classes()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path root =
        Path.of(DoubleLanes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = root.resolve(DoubleLanes.class.getPackageName().replace('.', '/'));
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          classes.add(Class.forName(DoubleLanes.class.getPackageName() + "." + name));
        }
      }
    }
    assertTrue(classes.size() > 1, "the classes of the package are not in " + folder);
    return classes;
  }
}
