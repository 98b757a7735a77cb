package dev.lanewise.gradcheck.law;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Gauss–Legendre quadrature on [0,1]: exact for polynomials up to degree 2n − 1.
///
/// Nodes are the roots of the Legendre polynomial, by Newton's method from Tricomi's approximation
/// (Abramowitz and Stegun, 22.16.6 and 25.4.29).
///
/// @param nodes where the function is evaluated, and how much each value counts
record GaussLegendre(List<Node> nodes) {
  /// Newton doubles the digits: from three to more than there are.
  private static final int NEWTON_STEPS = 6;

  /// A place and its weight.
  record Node(double place, double weight) {}

  static GaussLegendre of(int n) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double z = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      for (int step = 0; step < NEWTON_STEPS; step++) {
        z -= legendre(n, z) / slope(n, z);
      }
      nodes.add(new Node((1 - z) / 2, 1 / ((1 - z * z) * slope(n, z) * slope(n, z))));
    }
    return new GaussLegendre(nodes);
  }

  double integrate(DoubleUnaryOperator f) {
    double sum = 0;
    for (Node node : nodes) {
      sum += node.weight() * f.applyAsDouble(node.place());
    }
    return sum;
  }

  private static double legendre(int n, double z) {
    double before = 1;
    double now = z;
    for (int k = 2; k <= n; k++) {
      double next = ((2 * k - 1) * z * now - (k - 1) * before) / k;
      before = now;
      now = next;
    }
    return n == 0 ? 1 : now;
  }

  private static double slope(int n, double z) {
    return n * (z * legendre(n, z) - legendre(n - 1, z)) / (z * z - 1);
  }
}
