package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.TrainingProblem.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/// TensorFlow's graph by TensorFlow Java: one run of a session is a step, which first gathers the
/// rows of its batch from the examples, in random order.
final class TensorFlowTrainee implements Trainee {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Session session;
  private final TrainingProblem problem;
  private final Placeholder<TFloat32> x;
  private final Placeholder<TInt32> t;
  private final Placeholder<TInt32> chosen;
  private final Operand<TFloat32> loss;
  private final Op step;
  private final TFloat32 features;
  private final TInt32 labels;

  /// What initialises variables.
  private final List<Op> initial = new ArrayList<>();

  TensorFlowTrainee(TrainingProblem problem) {
    int inputs = problem.widths().getFirst();
    int batch = problem.batch();
    int samples = problem.samples();
    this.problem = problem;
    this.x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(samples, inputs)));
    this.t = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(samples)));
    this.chosen = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
    List<Variable<TFloat32>> variables = new ArrayList<>();
    Operand<TInt32> rows = tf.constant(0);
    Operand<TFloat32> h = tf.gather(x, chosen, rows);
    for (int i = 0; i < problem.layers(); i++) {
      int in = problem.widths().get(i);
      int out = problem.widths().get(i + 1);
      TFloat32 drawn =
          TFloat32.tensorOf(Shape.of(in, out), DataBuffers.of(problem.weights().get(i)));
      Variable<TFloat32> weight = variable(Shape.of(in, out), tf.constantOf(drawn));
      Variable<TFloat32> bias = variable(Shape.of(out), zeros(Shape.of(out)));
      variables.add(weight);
      variables.add(bias);
      h = tf.nn.biasAdd(tf.linalg.matMul(h, weight), bias);
      if (i < problem.layers() - 1) {
        h = tf.nn.relu(h);
      }
    }
    SparseSoftmaxCrossEntropyWithLogits<TFloat32> losses =
        tf.nn.sparseSoftmaxCrossEntropyWithLogits(h, tf.gather(t, chosen, rows));
    this.loss = tf.math.mean(losses.loss(), tf.array(0));
    this.step = update(problem, variables, gradients(h, losses, batch, variables));
    this.session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(problem.threads())
                .setInterOpParallelismThreads(1)
                .build());
    initial.forEach(session::run);
    this.features =
        TFloat32.tensorOf(Shape.of(samples, inputs), DataBuffers.of(problem.features()));
    this.labels = TInt32.vectorOf(problem.labels());
  }

  private Variable<TFloat32> variable(Shape shape, Operand<TFloat32> value) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    initial.add(tf.assign(variable, value));
    return variable;
  }

  private Operand<TFloat32> zeros(Shape shape) {
    return tf.zeros(tf.constant(shape), TFloat32.class);
  }

  /// The gradients of the mean loss; the native library has no gradient of the loss's operation,
  /// but that gives the gradient by the logits itself.
  private Output<?>[] gradients(
      Operand<TFloat32> logits,
      SparseSoftmaxCrossEntropyWithLogits<TFloat32> losses,
      int batch,
      List<Variable<TFloat32>> variables) {
    Operand<TFloat32> byLogits = tf.math.mul(losses.backprop(), tf.constant(1f / batch));
    return graph.addGradients(
        "gradients",
        new Output<?>[] {logits.asOutput()},
        variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new),
        new Output<?>[] {byLogits.asOutput()});
  }

  private Op update(
      TrainingProblem problem, List<Variable<TFloat32>> variables, Output<?>[] gradients) {
    Operand<TFloat32> rate = tf.constant((float) problem.rate());
    boolean adam = problem.optimizer() == Optimizer.ADAM;
    Variable<TFloat32> power1 = variable(Shape.scalar(), tf.constant(BETA1));
    Variable<TFloat32> power2 = variable(Shape.scalar(), tf.constant(BETA2));
    // No weight may change before the last gradient that depends on it.
    Ops gated = tf.withControlDependencies(List.<Op>of(gradients));
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      Variable<TFloat32> w = variables.get(i);
      Shape shape = w.shape();
      @SuppressWarnings("unchecked") // the gradient of a float is a float
      Output<TFloat32> gradient = (Output<TFloat32>) gradients[i];
      Variable<TFloat32> first = variable(shape, zeros(shape));
      if (adam) {
        Variable<TFloat32> second = variable(shape, zeros(shape));
        updates.add(
            gated.train.applyAdam(
                w,
                first,
                second,
                power1,
                power2,
                rate,
                tf.constant(BETA1),
                tf.constant(BETA2),
                tf.constant(EPSILON),
                gradient));
      } else {
        Operand<TFloat32> momentum = tf.constant((float) TrainingProblem.MOMENTUM);
        updates.add(gated.train.applyMomentum(w, first, rate, gradient, momentum));
      }
    }
    if (adam) {
      Ops afterwards = tf.withControlDependencies(updates);
      updates.add(afterwards.assign(power1, afterwards.math.mul(power1, tf.constant(BETA1))));
      updates.add(afterwards.assign(power2, afterwards.math.mul(power2, tf.constant(BETA2))));
    }
    return tf.withControlDependencies(updates).noOp();
  }

  @Override
  public double[] train(int epochs) {
    double[] found = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = problem.order(epoch);
      for (int i = 0; i < problem.batches(); i++) {
        int first = i * problem.batch();
        int[] batch = Arrays.copyOfRange(order, first, first + problem.batch());
        try (TInt32 rows = TInt32.vectorOf(batch)) {
          Session.Runner runner =
              session.runner().feed(x, features).feed(t, labels).feed(chosen, rows).addTarget(step);
          if (i < problem.batches() - 1) {
            runner.run().close();
          } else {
            try (Result result = runner.fetch(loss).run()) {
              found[epoch] = ((TFloat32) result.get(0)).getFloat();
            }
          }
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    features.close();
    labels.close();
  }
}
