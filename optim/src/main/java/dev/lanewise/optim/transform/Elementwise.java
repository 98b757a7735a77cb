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

  /// `y ← √(x + inside) + outside`.
  static void root(Tensor x, double inside, double outside, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = Math.sqrt(in[p + i] + inside) + outside;
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        float c = (float) inside;
        float e = (float) outside;
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = (float) Math.sqrt(in[p + i] + c) + e;
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

  /// `y ← sign(x)`: −1, 0 or 1; NaN of NaN.
  static void sign(Tensor x, Tensor y) {
    int n = y.size();
    switch (y) {
      case DoubleTensor d -> {
        double[] out = d.array();
        double[] in = doubles(x);
        for (int i = 0, o = d.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = Math.signum(in[p + i]);
        }
      }
      case FloatTensor f -> {
        float[] out = f.array();
        float[] in = floats(x);
        for (int i = 0, o = f.offset(), p = x.offset(); i < n; i++) {
          out[o + i] = Math.signum(in[p + i]);
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
