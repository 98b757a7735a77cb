package dev.lanewise.optim.transform;

/// Where ε stands beside a square root that is divided by.
public enum RootEpsilon {
  /// `√v + ε`: PyTorch.
  OUTSIDE,
  /// `√(v + ε)`: Keras.
  INSIDE;

  double inside(double epsilon) {
    return this == INSIDE ? epsilon : 0;
  }

  double outside(double epsilon) {
    return this == OUTSIDE ? epsilon : 0;
  }

  String explain(String value, String epsilon) {
    return this == INSIDE
        ? "√(" + value + " + " + epsilon + ")"
        : "(√" + value + " + " + epsilon + ")";
  }
}
