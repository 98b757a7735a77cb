package dev.lanewise.gradcheck.diagnosis;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.gradcheck.problem.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/// A part of a tensor that a program may treat differently from the rest.
///
/// @param name where it is, after "wrong": `in row 2 (the last)`, `where x < 0`
/// @param part the part
/// @param kind what it takes to believe in it
record NamedPart(String name, Part part, Kind kind) {
  /// How much freedom there was in choosing a part.
  enum Kind {
    /// A zero or a tie: what cannot come about by chance.
    TIE,
    /// A sign, an extreme: what formulas distinguish.
    CASE,
    /// One index of an axis, a diagonal: what loops miss.
    INDEX,
    /// A stretch of indices.
    STRETCH,
    /// Beyond a threshold that was fitted.
    THRESHOLD
  }

  /// The parts of the accused variable, the likeliest first.
  static List<NamedPart> of(Clues clues) {
    List<NamedPart> parts = new ArrayList<>();
    Shape shape = clues.shape();
    addIndices(parts, shape);
    boolean same = clues.y().length == clues.size();
    if (!same) {
      // A function to fewer numbers may well have looked for the largest.
      addExtremes(parts, shape, clues.x());
    }
    addSigns(parts, clues.path(), clues.x());
    if (same) {
      addSigns(parts, "the output", clues.y());
      addExtremes(parts, shape, clues.x());
    }
    addBlocks(parts, shape);
    addTriangles(parts, shape);
    addThresholds(parts, clues, clues.path(), clues.x());
    if (same) {
      addThresholds(parts, clues, "the output", clues.y());
    }
    addOtherVariables(parts, clues);
    addStretches(parts, shape);
    return parts;
  }

  private static void addIndices(List<NamedPart> parts, Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      int d = shape.dim(axis);
      for (int index = 0; index < d; index++) {
        int k = index;
        int along = axis;
        String last = k == 0 ? " (the first)" : k == d - 1 ? " (the last)" : "";
        String name = Axes.at(shape, axis, k) + last;
        parts.add(new NamedPart("in " + name, i -> Axes.index(shape, along, i) == k, Kind.INDEX));
        if (d > 2) {
          parts.add(
              new NamedPart(
                  "everywhere but in " + name, i -> Axes.index(shape, along, i) != k, Kind.INDEX));
        }
      }
    }
  }

  /// Axes divided into equal parts, as gates are.
  private static void addBlocks(List<NamedPart> parts, Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      int along = axis;
      int d = shape.dim(axis);
      for (int count = 2; count <= d / 2; count++) {
        if (d % count != 0) {
          continue;
        }
        int width = d / count;
        for (int block = 0; block < count; block++) {
          int k = block;
          Part part = i -> Axes.index(shape, along, i) / width == k;
          String name =
              "part " + (k + 1) + " of " + count + " equal parts of " + Axes.along(shape, axis);
          parts.add(new NamedPart("in " + name, part, Kind.INDEX));
          if (count > 2) {
            parts.add(new NamedPart("everywhere but in " + name, i -> !part.holds(i), Kind.INDEX));
          }
        }
      }
    }
  }

  private static void addSigns(List<NamedPart> parts, String path, double[] values) {
    parts.add(new NamedPart("where " + path + " < 0", i -> values[i] < 0, Kind.CASE));
    parts.add(new NamedPart("where " + path + " > 0", i -> values[i] > 0, Kind.CASE));
    parts.add(new NamedPart("where " + path + " = 0", i -> values[i] == 0, Kind.TIE));
    parts.add(new NamedPart("where " + path + " is not 0", i -> values[i] != 0, Kind.CASE));
  }

  private static void addOtherVariables(List<NamedPart> parts, Clues clues) {
    List<Variable> variables = clues.evidence().variables();
    double[][] point = clues.evidence().evaluator().problem().point();
    for (int v = 0; v < point.length; v++) {
      if (v != clues.evidence().accused() && point[v].length == clues.size()) {
        addSigns(parts, variables.get(v).path(), point[v]);
        double[] other = point[v];
        double[] x = clues.x();
        String name = "where " + clues.path();
        String path = variables.get(v).path();
        parts.add(new NamedPart(name + " < " + path, i -> x[i] < other[i], Kind.CASE));
        parts.add(new NamedPart(name + " > " + path, i -> x[i] > other[i], Kind.CASE));
        parts.add(new NamedPart(name + " = " + path, i -> x[i] == other[i], Kind.TIE));
        addThresholds(parts, clues, path, other);
      }
    }
  }

  /// What maxima, minima and ties of rows are.
  private static void addExtremes(List<NamedPart> parts, Shape shape, double[] x) {
    if (shape.rank() == 0) {
      return;
    }
    int row = shape.dim(shape.rank() - 1);
    String of = shape.rank() == 1 ? " of all" : " of its row";
    boolean[] largest = new boolean[x.length];
    boolean[] smallest = new boolean[x.length];
    boolean[] tied = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      int start = i / row * row;
      largest[i] = true;
      smallest[i] = true;
      for (int k = start; k < start + row; k++) {
        largest[i] &= x[k] <= x[i];
        smallest[i] &= x[k] >= x[i];
        tied[i] |= k != i && x[k] == x[i];
      }
    }
    parts.add(new NamedPart("at the largest" + of, i -> largest[i], Kind.CASE));
    parts.add(new NamedPart("everywhere but at the largest" + of, i -> !largest[i], Kind.CASE));
    parts.add(new NamedPart("at the smallest" + of, i -> smallest[i], Kind.CASE));
    parts.add(new NamedPart("where elements of a row are equal", i -> tied[i], Kind.TIE));
  }

  private static void addTriangles(List<NamedPart> parts, Shape shape) {
    int rank = shape.rank();
    if (rank < 2 || shape.dim(rank - 1) < 2 || shape.dim(rank - 2) < 2) {
      return;
    }
    addTriangles(parts, shape, rank - 2, rank - 1);
  }

  private static void addTriangles(List<NamedPart> parts, Shape shape, int p, int q) {
    Part diagonal = i -> Axes.index(shape, p, i) == Axes.index(shape, q, i);
    parts.add(new NamedPart("on the diagonal", diagonal, Kind.INDEX));
    parts.add(new NamedPart("off the diagonal", i -> !diagonal.holds(i), Kind.INDEX));
    parts.add(
        new NamedPart(
            "above the diagonal",
            i -> Axes.index(shape, p, i) < Axes.index(shape, q, i),
            Kind.INDEX));
    parts.add(
        new NamedPart(
            "below the diagonal",
            i -> Axes.index(shape, p, i) > Axes.index(shape, q, i),
            Kind.INDEX));
    parts.add(
        new NamedPart(
            "on and above the diagonal",
            i -> Axes.index(shape, p, i) <= Axes.index(shape, q, i),
            Kind.INDEX));
    parts.add(
        new NamedPart(
            "on and below the diagonal",
            i -> Axes.index(shape, p, i) >= Axes.index(shape, q, i),
            Kind.INDEX));
  }

  /// Beginnings, ends, every second index, the border.
  private static void addStretches(List<NamedPart> parts, Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      int along = axis;
      int d = shape.dim(axis);
      for (int index = 1; index < d; index++) {
        int k = index;
        parts.add(
            new NamedPart(
                "from " + Axes.at(shape, axis, k) + " on",
                i -> Axes.index(shape, along, i) >= k,
                Kind.STRETCH));
        parts.add(
            new NamedPart(
                "up to " + Axes.at(shape, axis, k - 1),
                i -> Axes.index(shape, along, i) < k,
                Kind.STRETCH));
      }
      if (d > 2) {
        String every = "in every second " + Axes.noun(shape, axis);
        parts.add(
            new NamedPart(
                every + " (1, 3, ...)", i -> Axes.index(shape, along, i) % 2 == 1, Kind.STRETCH));
        parts.add(
            new NamedPart(
                every + " (0, 2, ...)", i -> Axes.index(shape, along, i) % 2 == 0, Kind.STRETCH));
        Part border = i -> Axes.index(shape, along, i) == 0 || Axes.index(shape, along, i) == d - 1;
        String edges = "the first and last " + Axes.noun(shape, axis);
        parts.add(new NamedPart("in " + edges, border, Kind.STRETCH));
        parts.add(new NamedPart("everywhere but in " + edges, i -> !border.holds(i), Kind.STRETCH));
      }
    }
    for (int from = 1; shape.rank() > 1 && from < shape.size(); from++) {
      int k = from;
      parts.add(
          new NamedPart("from element " + k + " on, in flat order", i -> i >= k, Kind.STRETCH));
      parts.add(
          new NamedPart("up to element " + (k - 1) + ", in flat order", i -> i < k, Kind.STRETCH));
    }
  }

  private static void addThresholds(
      List<NamedPart> parts, Clues clues, String path, double[] values) {
    addAbove(parts, clues, "|" + path + "|", i -> Math.abs(values[i]), 1);
    addAbove(parts, clues, "|" + path + "|", i -> -Math.abs(values[i]), -1);
    addAbove(parts, clues, path, i -> values[i], 1);
    addAbove(parts, clues, path, i -> -values[i], -1);
  }

  /// Where something is above a threshold that separates wrong from right, if one does.
  private static void addAbove(
      List<NamedPart> parts, Clues clues, String what, IntToDoubleFunction of, int sign) {
    double leastWrong = Double.POSITIVE_INFINITY;
    double mostRight = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < clues.size(); i++) {
      if (clues.wrong(i)) {
        leastWrong = Math.min(leastWrong, of.applyAsDouble(i));
      } else if (clues.informative(i)) {
        mostRight = Math.max(mostRight, of.applyAsDouble(i));
      }
    }
    if (leastWrong > mostRight && Double.isFinite(mostRight) && Double.isFinite(leastWrong)) {
      double least = leastWrong;
      String name =
          String.format(
              Locale.ROOT,
              "where %s is %s than a number between %.4g and %.4g",
              what,
              sign > 0 ? "larger" : "smaller",
              Math.min(sign * mostRight, sign * leastWrong),
              Math.max(sign * mostRight, sign * leastWrong));
      parts.add(new NamedPart(name, i -> of.applyAsDouble(i) >= least, Kind.THRESHOLD));
    }
  }
}
