package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Op;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CoreOpChecksTest {
  private static final String PACKAGE = "dev.lanewise.core.op";

  @TestFactory
  Stream<DynamicTest> everyOpPasses() {
    return CoreOpChecks.all().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(), () -> c.run(GradientChecker.seeded(1)).requirePass()));
  }

  @Test
  void everyOpHasOneCaseInTheOrderOfTheNames() throws Exception {
    SortedSet<String> expected =
        opClasses().stream()
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(expected.contains("MatMul"), () -> "found no ops, only " + expected);
    assertEquals(
        List.copyOf(expected),
        CoreOpChecks.all().stream().map(GradientCase::name).toList(),
        "Every op of " + PACKAGE + " needs a line in CoreOpChecks.all().");
  }

  private static List<Class<?>> opClasses() throws IOException, URISyntaxException {
    String folder = PACKAGE.replace('.', '/');
    URI location = Op.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path root = Path.of(location);
    if (Files.isDirectory(root)) {
      return opClassesIn(root.resolve(folder));
    }
    try (FileSystem jar = FileSystems.newFileSystem(root)) {
      return opClassesIn(jar.getPath(folder));
    }
  }

  private static List<Class<?>> opClassesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .<Class<?>>map(file -> load(PACKAGE + "." + file.replace(".class", "")))
          .filter(c -> Op.class.isAssignableFrom(c) && !c.isInterface())
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
