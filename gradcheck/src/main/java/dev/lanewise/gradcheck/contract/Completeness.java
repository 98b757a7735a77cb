package dev.lanewise.gradcheck.contract;

import dev.lanewise.core.graph.Layer;
import dev.lanewise.core.graph.Loss;
import dev.lanewise.core.graph.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The test that nothing was forgotten: every op, layer and loss of a module has a contract test.
///
/// ```java
/// @Property(tries = 1, seed = "1")
/// void everyLayerHasAContractTest() {
///   Completeness.require(Linear.class, getClass(), Map.of());
/// }
/// ```
///
/// To be called in a jqwik property, because layers are made for a drawn shape. A contract test
/// counts if Maven runs it: a class of its own file whose name ends in `Test` or
/// `Properties`.
public final class Completeness {
  private Completeness() {}

  /// Demands a contract test for every class that implements [Op], [Layer] or [Loss].
  ///
  /// @param product a class of the module: all classes compiled together with it are looked at
  /// @param tests a class of the tests: all contract tests compiled together with it count
  /// @param through ops that are used by one layer or loss alone: the op's class name → the
  ///     contract test that checks it
  /// @throws AssertionError if a class has no contract test, or `through` is out of date; the
  ///     message names each
  public static void require(Class<?> product, Class<?> tests, Map<String, Class<?>> through) {
    Set<String> tested =
        classes(tests).stream()
            .filter(Completeness::isRun)
            .flatMap(Completeness::tested)
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> built =
        classes(product).stream()
            .filter(Completeness::isConcrete)
            .filter(c -> implementsAny(c, Op.class, Layer.class, Loss.class))
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (built.isEmpty()) {
      throw new AssertionError(
          "No op, layer or loss was compiled together with " + product.getName() + ".");
    }
    Set<String> without = new TreeSet<>(built);
    without.removeAll(tested);
    without.removeAll(through.keySet());
    if (!without.isEmpty()) {
      throw new AssertionError(
          "Without a contract test: "
              + String.join(", ", without)
              + ". Write a test class that implements OpContract, LayerContract or LossContract"
              + " beside "
              + tests.getName()
              + ".");
    }
    through.forEach(
        (op, test) -> {
          if (!built.contains(op) || tested.contains(op) || tested(test).findAny().isEmpty()) {
            throw new AssertionError(
                op + " is declared as checked by " + test.getName() + ", but that is not so.");
          }
        });
  }

  /// What a contract test tests.
  private static Stream<Class<?>> tested(Class<?> test) {
    if (!implementsAny(test, OpContract.class, LayerContract.class, LossContract.class)) {
      return Stream.empty();
    }
    return switch (instance(test)) {
      case OpContract contract -> Stream.of(contract.op().getClass());
      case LayerContract contract ->
          Stream.of(contract.layer(contract.inputs().sample()).getClass());
      case LossContract contract -> Stream.of(contract.loss().getClass());
      default -> Stream.empty();
    };
  }

  private static Object instance(Class<?> test) {
    try {
      Constructor<?> constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          test.getName() + " cannot be made: it needs no arguments.", e);
    }
  }

  private static boolean isRun(Class<?> c) {
    return isConcrete(c)
        && c.getEnclosingClass() == null
        && (c.getSimpleName().endsWith("Test") || c.getSimpleName().endsWith("Properties"));
  }

  private static boolean isConcrete(Class<?> c) {
    return !c.isInterface() && !Modifier.isAbstract(c.getModifiers());
  }

  private static boolean implementsAny(Class<?> c, Class<?>... types) {
    return Stream.of(types).anyMatch(type -> type.isAssignableFrom(c));
  }

  /// All classes in the folder or archive that a class was loaded from.
  private static List<Class<?>> classes(Class<?> anchor) {
    try {
      Path root = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(root)) {
        return classesIn(root, anchor.getClassLoader());
      }
      try (FileSystem archive = FileSystems.newFileSystem(root)) {
        return classesIn(archive.getPath("/"), anchor.getClassLoader());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> classesIn(Path root, ClassLoader loader) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(
              name ->
                  name.substring(0, name.length() - ".class".length()).replaceAll("[/\\\\]", "."))
          .<Class<?>>map(name -> load(name, loader))
          .toList();
    }
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
