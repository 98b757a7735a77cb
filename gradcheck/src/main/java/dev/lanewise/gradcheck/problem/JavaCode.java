package dev.lanewise.gradcheck.problem;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// Values as Java expressions, for tests that can be pasted.
public final class JavaCode {
  private JavaCode() {}

  /// A float64 tensor, `DoubleTensor.matrix(new double[] {1.0, 0.5})`.
  ///
  /// @param tensor the tensor
  /// @return the expression
  public static String of(Tensor tensor) {
    Shape shape = tensor.shape();
    if (shape.rank() == 1) {
      return "DoubleTensor.vector(" + elements(tensor, 0, tensor.size()) + ")";
    }
    if (shape.rank() == 2 && shape.size() > 0) {
      int columns = shape.dim(1);
      StringJoiner rows = new StringJoiner(", ", "DoubleTensor.matrix(", ")");
      for (int row = 0; row < shape.rows(); row++) {
        rows.add("new double[] {" + elements(tensor, row * columns, (row + 1) * columns) + "}");
      }
      return rows.toString();
    }
    String after = tensor.size() == 0 ? ")" : ", " + elements(tensor, 0, tensor.size()) + ")";
    return "Tensor.of(DType.FLOAT64, " + of(shape) + after;
  }

  /// A shape, `Shape.of(2, 3)`.
  ///
  /// @param shape the shape
  /// @return the expression
  public static String of(Shape shape) {
    StringJoiner dims = new StringJoiner(", ", "Shape.of(", ")");
    for (int dim : shape.dims()) {
      dims.add(Integer.toString(dim));
    }
    return dims.toString();
  }

  /// An op, `new Scale(2.0)`. One whose components cannot be written, such as functions, is the
  /// `op()` of the contract that the test is pasted into.
  ///
  /// @param op the op
  /// @return the expression
  public static String of(Op<?> op) {
    return record(op).orElse("op()");
  }

  /// A text between double quotes.
  ///
  /// @param text the text
  /// @return the expression
  public static String of(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Optional<String> record(Object value) {
    if (!(value instanceof Record record)) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Optional<String> argument = component(component, record);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(argument.get());
    }
    return Optional.of("new " + name(record.getClass()) + "(" + String.join(", ", arguments) + ")");
  }

  private static Optional<String> component(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return literal(component.getAccessor().invoke(record));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> literal(Object value) {
    return switch (value) {
      case String text -> Optional.of(of(text));
      case Enum<?> constant ->
          Optional.of(name(constant.getDeclaringClass()) + "." + constant.name());
      case Boolean flag -> Optional.of(flag.toString());
      case Double number -> Optional.of(number(number));
      case Float number -> Optional.of("(float) " + number(number));
      case Integer number -> Optional.of(number.toString());
      case Long number -> Optional.of(number + "L");
      case Shape shape -> Optional.of(of(shape));
      case Record record -> record(record);
      default -> Optional.empty();
    };
  }

  /// As one writes it after importing the outermost class.
  private static String name(Class<?> type) {
    return type.getEnclosingClass() == null
        ? type.getSimpleName()
        : name(type.getEnclosingClass()) + "." + type.getSimpleName();
  }

  private static String elements(Tensor tensor, int from, int to) {
    StringJoiner text = new StringJoiner(", ");
    for (int i = from; i < to; i++) {
      text.add(number(tensor.getFlat(i)));
    }
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return Double.toString(value);
  }
}
