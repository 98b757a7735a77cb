package dev.lanewise.layers;

import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.ShapeException;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.random.RandomGenerator;

/// The known initialisers.
///
/// The fans of a weight `[in,out]` are its number of inputs and of outputs. Those that depend on
/// fans keep the variance of signals from layer to layer, each under its own assumption about the
/// activation between.
///
/// | name | uniform in ±b | normal with mean 0 and σ |
/// |---|---|---|
/// | Glorot, gain g | `b = g·√(6/(in + out))` | `σ = g·√(2/(in + out))` |
/// | He, slope a | `b = √(6/((1 + a²)·in))` | `σ = √(2/((1 + a²)·in))` |
/// | LeCun | `b = √(3/in)` | `σ = √(1/in)` |
public final class Initialisers {
  private Initialisers() {}

  /// All elements 0.
  ///
  /// @return the initialiser
  public static Initialiser zeros() {
    return new Constant(0);
  }

  /// All elements the same.
  ///
  /// @param value the value
  /// @return the initialiser
  /// @throws IllegalArgumentException if the value is not finite
  public static Initialiser constant(double value) {
    return new Constant(value);
  }

  /// Uniform draws.
  ///
  /// @param low the smallest value
  /// @param high the bound above, which rounding to the element type may reach
  /// @return the initialiser
  /// @throws IllegalArgumentException if a bound is not finite, or `low > high`
  public static Initialiser uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /// Normal draws.
  ///
  /// @param mean the mean
  /// @param sigma the standard deviation σ
  /// @return the initialiser
  /// @throws IllegalArgumentException if a number is not finite, or σ is negative
  public static Initialiser normal(double mean, double sigma) {
    return new Normal(mean, sigma);
  }

  /// Uniform in ±g·√(6/(in + out)), for activations symmetric about 0. (Glorot and Bengio,
  /// *Understanding the difficulty of training deep feedforward neural networks*, 2010, equation
  /// 16, where g = 1.)
  ///
  /// @param gain g; 1 for the identity, 5/3 is usual for tanh
  /// @return the initialiser
  /// @throws IllegalArgumentException if the gain is negative or not finite
  public static Initialiser glorotUniform(double gain) {
    return new VarianceScaling(square("gain", gain), Fan.AVERAGE, Distribution.UNIFORM);
  }

  /// Normal with σ = g·√(2/(in + out)), for activations symmetric about 0. (Glorot and Bengio,
  /// 2010, equation 12, where g = 1.)
  ///
  /// @param gain g; 1 for the identity, 5/3 is usual for tanh
  /// @return the initialiser
  /// @throws IllegalArgumentException if the gain is negative or not finite
  public static Initialiser glorotNormal(double gain) {
    return new VarianceScaling(square("gain", gain), Fan.AVERAGE, Distribution.NORMAL);
  }

  /// Uniform in ±√(6/((1 + a²)·in)), for relu and its leaky kin. (He et al., *Delving Deep into
  /// Rectifiers*, 2015, equations 10 and 15, there as a normal distribution.)
  ///
  /// @param slope a, the activation's slope for negative inputs; 0 for relu
  /// @return the initialiser
  /// @throws IllegalArgumentException if the slope is negative or not finite
  public static Initialiser heUniform(double slope) {
    return new VarianceScaling(2 / (1 + square("slope", slope)), Fan.IN, Distribution.UNIFORM);
  }

  /// Normal with σ = √(2/((1 + a²)·in)), for relu and its leaky kin. (He et al., 2015, equations 10
  /// and 15.)
  ///
  /// @param slope a, the activation's slope for negative inputs; 0 for relu
  /// @return the initialiser
  /// @throws IllegalArgumentException if the slope is negative or not finite
  public static Initialiser heNormal(double slope) {
    return new VarianceScaling(2 / (1 + square("slope", slope)), Fan.IN, Distribution.NORMAL);
  }

  /// Uniform in ±√(3/in), for scaled tanh and selu. (LeCun, Bottou, Orr and Müller, *Efficient
  /// BackProp*, 1998, equation 16, which demands σ = 1/√in of any distribution.)
  ///
  /// @return the initialiser
  public static Initialiser lecunUniform() {
    return new VarianceScaling(1, Fan.IN, Distribution.UNIFORM);
  }

  /// Normal with σ = √(1/in), for scaled tanh and selu. (LeCun et al., 1998, equation 16.)
  ///
  /// @return the initialiser
  public static Initialiser lecunNormal() {
    return new VarianceScaling(1, Fan.IN, Distribution.NORMAL);
  }

  private record Constant(double value) implements Initialiser {
    Constant {
      requireFinite("constant", value);
    }

    @Override
    public void fill(Tensor tensor, Key key) {
      TensorMath.fill(value, tensor);
    }
  }

  private record Uniform(double low, double high) implements Initialiser {
    Uniform {
      requireFinite("low", low);
      requireFinite("high", high);
      requireFinite("range", high - low);
      if (low > high) {
        throw new IllegalArgumentException(
            "uniform: the lower bound " + low + " exceeds the upper bound " + high + ".");
      }
    }

    @Override
    public void fill(Tensor tensor, Key key) {
      RandomGenerator draws = key.generator();
      for (int i = 0; i < tensor.size(); i++) {
        tensor.setFlat(i, low + (high - low) * draws.nextDouble());
      }
    }
  }

  private record Normal(double mean, double sigma) implements Initialiser {
    Normal {
      requireFinite("mean", mean);
      requireNotNegative("sigma", sigma);
    }

    @Override
    public void fill(Tensor tensor, Key key) {
      RandomGenerator draws = key.generator();
      for (int i = 0; i < tensor.size(); i++) {
        tensor.setFlat(i, mean + sigma * draws.nextGaussian());
      }
    }
  }

  private enum Fan {
    IN,
    AVERAGE
  }

  private enum Distribution {
    UNIFORM,
    NORMAL
  }

  /// Draws with mean 0 and the variance `scale/fan`; a uniform one has the bound √(3·variance).
  private record VarianceScaling(double scale, Fan fan, Distribution distribution)
      implements Initialiser {
    @Override
    public void fill(Tensor tensor, Key key) {
      ShapeException.requireRank("Initialiser", "a weight with fans", 2, tensor.shape());
      if (tensor.size() == 0) {
        return;
      }
      double in = tensor.shape().dim(0);
      double out = tensor.shape().dim(1);
      double variance = scale / (fan == Fan.IN ? in : (in + out) / 2);
      double bound = Math.sqrt(3 * variance);
      Initialiser scaled =
          distribution == Distribution.UNIFORM
              ? new Uniform(-bound, bound)
              : new Normal(0, Math.sqrt(variance));
      scaled.fill(tensor, key);
    }
  }

  private static double square(String name, double value) {
    requireNotNegative(name, value);
    return value * value;
  }

  private static void requireNotNegative(String name, double value) {
    requireFinite(name, value);
    if (value < 0) {
      throw new IllegalArgumentException(
          "Initialiser: the " + name + " must not be negative, but is " + value + ".");
    }
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Initialiser: the " + name + " must be a finite number, not " + value + ".");
    }
  }
}
