package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Op;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import java.util.List;
import java.util.stream.Collectors;

/// What does not fit is refused with a [ShapeException] that names the op or layer, when it is
/// recorded.
///
/// @param who the name that every message must hold
/// @param calls what must be refused
public record ShapeErrors(String who, List<Call> calls) implements Law {
  /// The law for some calls.
  public ShapeErrors {
    calls = List.copyOf(calls);
  }

  /// A call that must be refused.
  ///
  /// @param what what does not fit, `[2,3] and [4,5]`
  /// @param action makes the call
  public record Call(String what, Runnable action) {}

  /// The law for an op.
  ///
  /// @param op the op
  /// @param wrong lists of input shapes that do not fit
  /// @return the law
  public static ShapeErrors of(Op<?> op, List<List<Shape>> wrong) {
    return new ShapeErrors(
        op.name(),
        wrong.stream()
            .map(
                shapes ->
                    new Call(
                        shapes.stream().map(Shape::toString).collect(Collectors.joining(" and ")),
                        () -> op.outputShape(shapes)))
            .toList());
  }

  @Override
  public String name() {
    return "wrong shapes are refused by name";
  }

  @Override
  public List<Finding> check(Subject subject) {
    return check();
  }

  /// Looks whether all calls are refused as they must be.
  ///
  /// @return what is broken
  public List<Finding> check() {
    return calls.stream()
        .map(this::complaint)
        .filter(sentence -> !sentence.isEmpty())
        .map(sentence -> new Finding(name(), sentence))
        .toList();
  }

  private String complaint(Call call) {
    try {
      call.action().run();
      return who + " accepted " + call.what();
    } catch (ShapeException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains(who)
          ? ""
          : who + " refused " + call.what() + " without naming itself: '" + message + "'";
    } catch (RuntimeException e) {
      return who + " refused " + call.what() + " with " + e + " instead of a ShapeException";
    }
  }
}
