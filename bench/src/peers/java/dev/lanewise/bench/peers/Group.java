package dev.lanewise.bench.peers;

import dev.lanewise.core.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// What one JVM measures: cells with the same number of threads. DL4J has JVMs of its own, for in
/// one with the others our products came out slower, some of them with boxed vectors.
enum Group {
  GEMM_F32("gemm-f32", Kind.PRODUCTS, 1),
  GEMM_F64("gemm-f64", Kind.PRODUCTS, 1),
  ELEMENTWISE("elementwise", Kind.FUNCTIONS, 1),
  TRAINING("training", Kind.TRAINING, 1),
  GEMM_F32_4("gemm-f32-4", Kind.PRODUCTS, 4),
  GEMM_F64_4("gemm-f64-4", Kind.PRODUCTS, 4),
  TRAINING_4("training-4", Kind.TRAINING, 4),
  GEMM_F32_DL4J("gemm-f32-dl4j", Kind.PRODUCTS, 1),
  TRAINING_DL4J("training-dl4j", Kind.TRAINING, 1),
  TRAINING_4_DL4J("training-4-dl4j", Kind.TRAINING, 4);

  /// What is measured, which is what a table shows.
  enum Kind {
    PRODUCTS("Matrix products, GFLOP/s"),
    FUNCTIONS("Element-wise functions, ns per element"),
    TRAINING("Training, thousand samples/s");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }

    /// What the figures count, and in which unit.
    String unit() {
      return unit;
    }

    /// What a cell's labels say, in their order.
    List<String> labels() {
      return switch (this) {
        case PRODUCTS -> List.of("type", "product", "layer");
        case FUNCTIONS -> List.of("function", "type", "elements");
        case TRAINING -> List.of("network", "batch", "optimizer");
      };
    }
  }

  private final String title;
  private final Kind kind;
  private final int threads;

  Group(String title, Kind kind, int threads) {
    this.title = title;
    this.kind = kind;
    this.threads = threads;
  }

  /// The name that users write.
  String title() {
    return title;
  }

  Kind kind() {
    return kind;
  }

  int threads() {
    return threads;
  }

  /// Makes the races, one at a time: their operands are large.
  List<Supplier<Race>> races() {
    return switch (this) {
      case GEMM_F32, GEMM_F32_4 -> GemmRaces.all(title, DType.FLOAT32, threads);
      case GEMM_F64, GEMM_F64_4 -> GemmRaces.all(title, DType.FLOAT64, threads);
      case ELEMENTWISE -> ElementwiseRaces.all(title);
      case TRAINING, TRAINING_4 -> TrainingRaces.all(title, threads);
      case GEMM_F32_DL4J -> GemmRaces.allBesideDl4j(title, DType.FLOAT32);
      case TRAINING_DL4J, TRAINING_4_DL4J -> TrainingRaces.allBesideDl4j(title, threads);
    };
  }

  static Group of(String title) {
    return Arrays.stream(values())
        .filter(group -> group.title.equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no group '"
                        + title
                        + "': expected one of "
                        + Arrays.stream(values()).map(Group::title).toList()
                        + "."));
  }
}
