package dev.lanewise.gradcheck.numeric;

/// A sum of products, compensated (Neumaier) and with the round-off of each product added back, so
/// that millions of summands add no error of their own.
public final class DotProduct {
  private double sum;
  private double lost;

  /// An empty sum.
  public DotProduct() {}

  /// Adds a product.
  ///
  /// @param a one factor
  /// @param b the other
  public void add(double a, double b) {
    double product = a * b;
    lost += Math.fma(a, b, -product);
    double next = sum + product;
    lost += Math.abs(sum) >= Math.abs(product) ? (sum - next) + product : (product - next) + sum;
    sum = next;
  }

  /// The sum.
  ///
  /// @return it
  public double value() {
    return sum + lost;
  }
}
