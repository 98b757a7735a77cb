package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.GradientSink;
import dev.lanewise.core.graph.Op;
import dev.lanewise.core.graph.Pass;
import dev.lanewise.core.random.Key;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An op called without a graph, so that the memory it is given can be looked into. Memory of
/// undefined content is full of one number, the filling, and scratch is filled with it again after
/// every call.
final class OpCall<S extends @Nullable Object> {
  private final Op<S> op;
  private final List<Tensor> inputs;
  private final double filling;
  private final OpPass pass;
  private final Tensor output;
  private final S saved;

  private OpCall(Op<S> op, List<Tensor> inputs, Key key, double filling) {
    this.op = op;
    this.inputs = inputs;
    this.filling = filling;
    this.pass = new OpPass(key, filling);
    this.output = filled(op.outputShape(inputs.stream().map(Tensor::shape).toList()), filling);
    this.saved = op.forward(inputs, output, pass);
    pass.end();
  }

  /// Calls forward.
  static OpCall<?> forward(Op<?> op, Subject subject, double filling) {
    return new OpCall<>(op, subject.tensors(subject.x()), subject.key(), filling);
  }

  List<Tensor> inputs() {
    return inputs;
  }

  Tensor output() {
    return output;
  }

  /// What forward saved in memory of its own.
  List<Tensor> savedTensors() {
    return pass.saved;
  }

  /// Calls backward into buffers of undefined content.
  double[][] backward(Tensor upstream) {
    return backward(upstream, inputs.stream().map(x -> filled(x.shape(), filling)).toList(), 0);
  }

  /// Calls backward into given buffers.
  double[][] backward(Tensor upstream, List<Tensor> buffers, double beta) {
    Sink sink = new Sink(buffers, beta);
    op.backward(saved, inputs, output, upstream, sink, pass);
    pass.end();
    double[][] gradients = new double[buffers.size()][];
    for (int i = 0; i < gradients.length; i++) {
      if (!sink.asked[i] && beta == 0) {
        TensorMath.fill(0, buffers.get(i));
      }
      gradients[i] = buffers.get(i).toDoubles();
    }
    return gradients;
  }

  private static Tensor filled(Shape shape, double filling) {
    Tensor tensor = Tensor.zeros(DType.FLOAT64, shape);
    TensorMath.fill(filling, tensor);
    return tensor;
  }

  private static final class Sink implements GradientSink {
    private final List<Tensor> buffers;
    private final double beta;
    private final boolean[] asked;

    Sink(List<Tensor> buffers, double beta) {
      this.buffers = buffers;
      this.beta = beta;
      this.asked = new boolean[buffers.size()];
    }

    @Override
    public boolean needs(int input) {
      return true;
    }

    @Override
    public Tensor buffer(int input) {
      asked[input] = true;
      return buffers.get(input);
    }

    @Override
    public double beta(int input) {
      return beta;
    }
  }

  private static final class OpPass implements Pass {
    private final Key key;
    private final double filling;
    private final List<Tensor> scratch = new ArrayList<>();
    private final List<Tensor> saved = new ArrayList<>();

    OpPass(Key key, double filling) {
      this.key = key;
      this.filling = filling;
    }

    void end() {
      scratch.forEach(each -> TensorMath.fill(filling, each));
      scratch.clear();
    }

    @Override
    public boolean training() {
      return true;
    }

    @Override
    public RandomGenerator random() {
      return key.with("op").generator();
    }

    @Override
    public Tensor scratch(Shape shape) {
      Tensor tensor = filled(shape, filling);
      scratch.add(tensor);
      return tensor;
    }

    @Override
    public Tensor saved(Shape shape) {
      Tensor tensor = filled(shape, filling);
      saved.add(tensor);
      return tensor;
    }
  }
}
