package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder of its own, with a jar that is there already, and JDKs that are scripts
/// which keep what they are asked for.
class LauncherTest {
  private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  @TempDir Path root;

  @BeforeEach
  void layOut() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "The launcher is a shell script.");
    Files.copy(Path.of("../lanewise"), root.resolve("lanewise"));
    Files.createDirectories(root.resolve("bench/src/peers"));
    Files.createDirectories(root.resolve("experiments/src/main"));
    Files.createDirectories(root.resolve("experiments/target"));
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(root.resolve("experiments/pom.xml"));
    Files.createFile(root.resolve("experiments/java.options"));
    Files.createFile(root.resolve("experiments/target/lanewise.jar"));
  }

  @Test
  void aJdkThatIsTooOldOnThePathIsPassedOver() throws Exception {
    Path old = jdk("old", 17, "exit 0");
    Path recent = jdk("recent", 25, archiving());

    assertEquals(0, launch(old, recent, "train"));

    assertTrue(Files.notExists(old.resolve("calls")), "The old JDK was started.");
    assertEquals(3, calls(recent).size(), "A class list, an archive, and the command");
  }

  @Test
  void classesAreKeptOnceAndUsedFromThenOn() throws Exception {
    Path recent = jdk("recent", 25, archiving());

    assertEquals(0, launch(recent, recent, "train", "--epochs", "1"));
    assertEquals(0, launch(recent, recent, "data"));

    List<String> calls = calls(recent);
    assertEquals(4, calls.size(), () -> "Expected two preparations and two commands: " + calls);
    assertTrue(calls.get(0).contains("-XX:DumpLoadedClassList="), calls.get(0));
    assertTrue(calls.get(1).contains("-Xshare:dump"), calls.get(1));
    assertTrue(calls.get(2).matches(".* -XX:SharedArchiveFile=\\S+\\.jsa .*"), calls.get(2));
    assertTrue(calls.get(2).endsWith("lanewise.jar train --epochs 1"), calls.get(2));
    assertTrue(calls.get(3).endsWith("lanewise.jar data"), calls.get(3));
  }

  @Test
  void callSitesOfPicocliAreNotKept() throws Exception {
    Path recent = jdk("recent", 25, archiving());

    assertEquals(0, launch(recent, recent, "data"));

    try (Stream<Path> files = Files.list(root.resolve("experiments/target"))) {
      Path archive =
          files.filter(file -> file.toString().endsWith(".jsa")).findFirst().orElseThrow();
      assertEquals("picocli/CommandLine id: 1\n@lambda-proxy Main\n", Files.readString(archive));
    }
  }

  @Test
  void whereNoClassesCanBeKeptTheProgramStartsWithout() throws Exception {
    Path recent =
        jdk("recent", 25, "case \"$*\" in *-Xshare:dump*) exit 1 ;; esac\n" + archiving());

    assertEquals(0, launch(recent, recent, "data"));
    assertEquals(0, launch(recent, recent, "data"));

    List<String> calls = calls(recent);
    assertEquals(4, calls.size(), () -> "Expected one attempt and two commands: " + calls);
    assertFalse(calls.get(2).contains("SharedArchiveFile"), calls.get(2));
    assertFalse(calls.get(3).contains("SharedArchiveFile"), calls.get(3));
  }

  @Test
  void largePagesAreAskedForWhereTheKernelGivesThem() throws Exception {
    Path recent = jdk("recent", 25, "exit 0");

    assertEquals(0, launch(recent, recent, "data"));

    boolean given =
        Files.isReadable(LARGE_PAGES) && !Files.readString(LARGE_PAGES).contains("[never]");
    for (String call : calls(recent)) {
      assertEquals(given, call.startsWith("-XX:+UseTransparentHugePages "), call);
    }
  }

  /// Leaves a list of classes, and of such a list an archive (here a copy), as the JVM does.
  private static String archiving() {
    return """
    for each in "$@"; do
      case "$*:$each" in
        *:-XX:DumpLoadedClassList=*)
          printf '%s\\n' 'picocli/CommandLine id: 1' '@lambda-proxy Main' \\
            '@lambda-proxy Main picocli/CommandLine' >"${each#*=}" ;;
        *-Xshare:dump*:-XX:SharedClassListFile=*) list=${each#*=} ;;
        *-Xshare:dump*:-XX:SharedArchiveFile=*) cp "$list" "${each#*=}" ;;
      esac
    done\
    """;
  }

  private Path jdk(String name, int version, String does) throws IOException {
    Path home = root.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (String program : List.of("java", "javac")) {
      Path file = home.resolve("bin").resolve(program);
      Files.writeString(file, "#!/bin/sh\necho \"$*\" >>'" + home + "/calls'\n" + does + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
    return home;
  }

  private static List<String> calls(Path home) throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  /// Starts it with one JDK on the path, and another as `JAVA_HOME`.
  private int launch(Path onPath, Path javaHome, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", root.resolve("lanewise").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("LANEWISE_JAVA_HOME");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().compute("PATH", (name, path) -> onPath.resolve("bin") + ":" + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertFalse(said.contains("WARNING"), said);
    return code;
  }
}
