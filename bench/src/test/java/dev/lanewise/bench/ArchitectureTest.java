package dev.lanewise.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The house's rules that the compiler does not know. The modules are those of
/// `docs/architecture.md`; bench sees all of them, so the test lives here.
class ArchitectureTest {
  private static final String ROOT = "dev.lanewise.";
  private static final String VECTOR = ROOT + "core.internal.vector";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/test-classes/"))
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPackages("dev.lanewise");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          core        | ''
          layers      | core
          data        | core
          optim       | core layers data
          gradcheck   | core
          experiments | core layers data optim gradcheck
          bench       | core layers data optim gradcheck experiments
          """)
  void modulesUseOnlyTheModulesBelowThem(String module, String below) {
    List<String> known =
        Stream.of((module + " " + below).split(" ")).map(m -> ROOT + m + "..").toList();
    classes()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(known.toArray(String[]::new))
                .or(resideOutsideOfPackage("dev.lanewise..")))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "layers", "data", "optim", "gradcheck", "experiments"})
  void internalPackagesAreUsedOnlyInsideTheirModuleAndByBench(String module) {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + module + "..", ROOT + "bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + module + "..internal..")
        .check(CLASSES);
  }

  @Test
  void onePackageUsesTheIncubatingVectorModule() {
    noClasses()
        .that()
        .resideOutsideOfPackage(VECTOR)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  /// The order of `reduceLanes(ADD)` and `reduceLanes(MUL)` is unspecified and differs between the
  /// interpreter and the compiler: a broken promise of equal bits. Fold lanes in a fixed order.
  @Test
  void lanesAreReducedOnlyByMinimumAndMaximum() throws IOException {
    Pattern forbidden =
        Pattern.compile("\\breduceLanes(ToLong)?\\s*\\(\\s*(?!VectorOperators\\.(MIN|MAX)\\s*\\))");
    Path sources = Path.of("../core/src/main/java", VECTOR.split("\\."));
    try (Stream<Path> files = Files.list(sources)) {
      List<Path> found = files.filter(file -> forbidden.matcher(codeOf(file)).find()).toList();
      assertEquals(List.of(), found, "reduceLanes by another operator than MIN or MAX");
    }
  }

  /// All randomness comes from a [dev.lanewise.core.random.Key], and so from a seed.
  @Test
  void randomNumbersComeFromKeysOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "core.random")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Random.class,
            SplittableRandom.class,
            ThreadLocalRandom.class,
            RandomGeneratorFactory.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(RandomGenerator.class, "getDefault")
        .orShould()
        .callMethod(RandomGenerator.class, "of", String.class)
        .orShould()
        .callMethod(Collections.class, "shuffle", List.class)
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(CLASSES);
  }

  @Test
  void librariesDoNotPrint() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "core..",
            ROOT + "layers..",
            ROOT + "data..",
            ROOT + "optim..",
            ROOT + "gradcheck..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void thereIsNoStaticMutableState() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void primitivesWorkOnBothElementTypesAlike() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "core.op..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.(Float|Double)(Tensor|Kernels)")
        .because("TensorMath is the one place that tells the element types apart")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    List<String> bare =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertEquals(List.of(), bare, "packages without a @NullMarked package-info.java");
  }

  private static String codeOf(Path file) {
    try {
      return Files.readString(file).replaceAll("//.*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
