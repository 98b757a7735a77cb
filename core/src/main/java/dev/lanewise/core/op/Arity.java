package dev.lanewise.core.op;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.ShapeException;
import java.util.List;

/// How many inputs an op takes.
final class Arity {
  private Arity() {}

  static void require(String op, int expected, List<Shape> inputs) {
    if (inputs.size() != expected) {
      throw new ShapeException(
          op + " takes " + expected + " inputs, but was given " + inputs.size() + ".");
    }
  }
}
