package dev.lanewise.optim.transform;

import dev.lanewise.core.tensor.DoubleTensor;
import dev.lanewise.core.tensor.FloatTensor;
import dev.lanewise.core.tensor.Tensor;

/// Arithmetic on the elements of tensors of one shape and type that optimizers need and
/// [dev.lanewise.core.tensor.TensorMath] does not have. Plain loops, which the compiler vectorises;
/// FLOAT32 is computed in FLOAT32. An output may be one of the inputs.
final class Elementwise {
  private Elementwise() {}

  /// `y ← a·x + b·z`.
  static void mix(double a, Tensor x, double b, Tensor z, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] first = doubles(x);
        double[] second = doubles(z);
        for (int i = 0, o = d.offset(), p = x.offset(), q = z.offset(); i < n; i++) {
          out[o + i] = a * first[p + i] + b * second[q + i];
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] first = floats(x);
        float[] second = floats(z);
        float c = (float) a;
        float e = (float) b;
        for (int i = 0, o = f.offset(), p = x.offset(), q = z.offset(); i < n; i++) {
          out[o + i] = c * first[p + i] + e * second[q + i];
        }
      }
    }
  }

  /// `y ← a·y + b·x²`.
  static void mixSquare(double a, double b, Tensor x, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = a * out[o + i] + b * (in[p + i] * in[p + i]);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        float c = (float) a;
        float e = (float) b;
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = c * out[o + i] + e * (in[p + i] * in[p + i]);
        }
      }
    }
  }

  /// `y ← y + c`.
  static void shift(double c, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        for (int i = 0, o = d.offset(); i < n; i++) {
          out[o + i] += c;
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float e = (float) c;
        for (int i = 0, o = f.offset(); i < n; i++) {
          out[o + i] += e;
        }
      }
    }
  }

  /// `y ← c·y / (√(x + inside) + outside)`.
  static void divideByRoot(double c, Tensor x, double inside, double outside, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = c * out[o + i] / (Math.sqrt(in[p + i] + inside) + outside);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        float e = (float) c;
        float into = (float) inside;
        float beside = (float) outside;
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = e * out[o + i] / ((float) Math.sqrt(in[p + i] + into) + beside);
        }
      }
    }
  }

  /// `y ← c·y / (x + offset)`.
  static void divide(double c, Tensor x, double offset, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = c * out[o + i] / (in[p + i] + offset);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        float e = (float) c;
        float beside = (float) offset;
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = e * out[o + i] / (in[p + i] + beside);
        }
      }
    }
  }

  /// `y ← max(a·y, |x| + c)`; with a = 1 and c = 0 the largest magnitude so far.
  static void largest(double a, Tensor x, double c, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = Math.max(a * out[o + i], Math.abs(in[p + i]) + c);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        float keep = (float) a;
        float plus = (float) c;
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = Math.max(keep * out[o + i], Math.abs(in[p + i]) + plus);
        }
      }
    }
  }

  /// `y ← √(x + inside)·y`.
  static void multiplyByRoot(Tensor x, double inside, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] *= Math.sqrt(in[p + i] + inside);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        float into = (float) inside;
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] *= (float) Math.sqrt(in[p + i] + into);
        }
      }
    }
  }

  /// `y ← y / (√(max(v − m², 0) + inside) + outside)`.
  static void divideByDeviation(Tensor v, Tensor m, double inside, double outside, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] squares = doubles(v);
        double[] means = doubles(m);
        for (int i = 0, o = d.offset(), p = v.offset(), q = m.offset(); i < n; i++) {
          double variance = Math.max(squares[p + i] - means[q + i] * means[q + i], 0);
          out[o + i] /= Math.sqrt(variance + inside) + outside;
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] squares = floats(v);
        float[] means = floats(m);
        float into = (float) inside;
        float beside = (float) outside;
        for (int i = 0, o = f.offset(), p = v.offset(), q = m.offset(); i < n; i++) {
          float variance = Math.max(squares[p + i] - means[q + i] * means[q + i], 0);
          out[o + i] /= (float) Math.sqrt(variance + into) + beside;
        }
      }
    }
  }

  /// `y ← sign(a·m + (1−a)·y)` and `m ← b·m + (1−b)·y` with the old y.
  static void lion(double a, double b, Tensor m, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] mean = doubles(m);
        for (int i = 0, o = d.offset(), p = m.offset(); i < n; i++) {
          double gradient = out[o + i];
          out[o + i] = Math.signum(a * mean[p + i] + (1 - a) * gradient);
          mean[p + i] = b * mean[p + i] + (1 - b) * gradient;
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] mean = floats(m);
        float c = (float) a;
        float plusC = (float) (1 - a);
        float e = (float) b;
        float plusE = (float) (1 - b);
        for (int i = 0, o = f.offset(), p = m.offset(); i < n; i++) {
          float gradient = out[o + i];
          out[o + i] = Math.signum(c * mean[p + i] + plusC * gradient);
          mean[p + i] = e * mean[p + i] + plusE * gradient;
        }
      }
    }
  }

  /// `y ← min(max(y, −c), c)`; NaN stays.
  static void clamp(double c, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        for (int i = 0, o = d.offset(); i < n; i++) {
          out[o + i] = Math.min(Math.max(out[o + i], -c), c);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float e = (float) c;
        for (int i = 0, o = f.offset(); i < n; i++) {
          out[o + i] = Math.min(Math.max(out[o + i], -e), e);
        }
      }
    }
  }

  /// `y ← y + c·sign(x)·|x|ᵖ`.
  static void addSignedPower(double c, double power, Tensor x, Tensor y) {
    for (int i = 0, n = y.size(); i < n; i++) {
      double value = x.getFlat(i);
      double magnitude = power == 0 ? 1 : StrictMath.pow(Math.abs(value), power);
      y.setFlat(i, y.getFlat(i) + c * (Math.signum(value) * magnitude));
    }
  }

  private static double[] doubles(Tensor tensor) {
    return ((DoubleTensor) tensor).array();
  }

  private static float[] floats(Tensor tensor) {
    return ((FloatTensor) tensor).array();
  }
}
