package dev.lanewise.optim;

import dev.lanewise.core.graph.Parameter;
import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.tensor.TensorMath;
import dev.lanewise.optim.transform.Bound;
import dev.lanewise.optim.transform.GradientTransform;
import dev.lanewise.optim.transform.StateTensors;
import dev.lanewise.optim.transform.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns gradients into new weights, `w ← w + u`, and looks whether they are still finite.
///
/// If every element of an update depends on the same element alone, the parameters are cut into
/// pieces, each with an optimizer of its own, and the workspace's threads share them out: they meet
/// once. How they are cut depends on their shapes, never on the number of threads, and changes no
/// bit.
final class Updater {
  /// How many elements a piece has at most, unless one row has more or there would be too many
  /// pieces: weights, gradients and two moments of so many stay in a core's cache.
  private static final int PIECE = 1 << 14;

  /// About how many pieces of one parameter there are at most: each costs some bookkeeping in each
  /// step, which must not grow with the width of a layer.
  private static final int MOST_PIECES = 16;

  /// The pieces of a large parameter are equal, and a multiple of so many, so that two or four
  /// threads get equal shares.
  private static final int MULTIPLE = 4;

  private final List<String> paths;
  private final List<Piece> pieces;
  private final Workspace workspace;

  /// Some rows of some parameters, with the optimizer that updates them, in one pass if there is a
  /// way.
  private record Piece(
      List<Rows> rows, Parameters parameters, Bound<?> optimizer, Optional<OnePassUpdate> onePass) {
    static Piece of(List<Rows> rows, GradientTransform<?> optimizer) {
      Map<String, Parameter> byPath = new LinkedHashMap<>();
      rows.forEach(each -> byPath.put(each.path, each.parameter));
      Parameters parameters = new Parameters(byPath);
      Bound<?> bound = Bound.start(optimizer, parameters);
      return new Piece(rows, parameters, bound, OnePassUpdate.of(bound));
    }

    /// Whether all weights are finite afterwards; else the position of the first that is not.
    int update(List<Tensor> gradients, StepContext step) {
      List<Tensor> updates = new ArrayList<>(rows.size());
      for (Rows each : rows) {
        updates.add(each.of(gradients.get(each.position)));
      }
      Optional<OnePassUpdate.OfParameter> known = onePass.map(each -> each.begin(step));
      if (known.isEmpty()) {
        optimizer.apply(updates, parameters, step);
      }
      int broken = FINITE;
      for (int i = rows.size() - 1; i >= 0; i--) {
        Tensor weights = rows.get(i).parameter.value();
        boolean finite =
            known.isPresent()
                ? known.get().apply(updates.get(i), weights, i)
                : add(updates.get(i), weights);
        if (!finite) {
          broken = rows.get(i).position;
        }
      }
      return broken;
    }

    private static boolean add(Tensor update, Tensor weights) {
      TensorMath.add(weights, update, weights);
      return TensorMath.allFinite(weights);
    }
  }

  /// Stands for no parameter at all.
  private static final int FINITE = Integer.MAX_VALUE;

  /// Rows of one parameter, or all of it, as a parameter.
  private record Rows(
      String path, int position, Parameter parameter, int from, int to, boolean whole) {
    Tensor of(Tensor gradient) {
      return whole ? gradient : gradient.rows(from, to);
    }
  }

  /// An updater.
  ///
  /// @param optimizer the optimizer
  /// @param parameters what is trained
  /// @param workspace whose threads share the work
  Updater(GradientTransform<?> optimizer, Parameters parameters, Workspace workspace) {
    this.paths = List.copyOf(parameters.byPath().keySet());
    this.workspace = workspace;
    List<Rows> all = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Parameter parameter = parameters.list().get(i);
      if (optimizer.elementwise()) {
        all.addAll(cut(paths.get(i), i, parameter));
      } else {
        all.add(new Rows(paths.get(i), i, parameter, 0, 0, true));
      }
    }
    this.pieces =
        optimizer.elementwise()
            ? all.stream().map(rows -> Piece.of(List.of(rows), optimizer)).toList()
            : List.of(Piece.of(all, optimizer));
  }

  /// Updates the weights.
  ///
  /// @param gradients the gradient by each parameter, in order; overwritten
  /// @param step which step this is
  /// @return the path of the first parameter with an element that is not finite any more
  Optional<String> update(List<Tensor> gradients, StepContext step) {
    int[] broken = new int[pieces.size()];
    workspace.share(
        pieces.size(),
        (piece, worker) -> broken[piece] = pieces.get(piece).update(gradients, step));
    int first = FINITE;
    for (int position : broken) {
      first = Math.min(first, position);
    }
    return first == FINITE ? Optional.empty() : Optional.of(paths.get(first));
  }

  /// The optimizer's memory: its tensors by name, see [StateTensors], as if the parameters had not
  /// been cut.
  ///
  /// @return copies
  /// @throws IllegalArgumentException if the optimizer remembers something that is no tensor
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    tensorsByName()
        .forEach(
            (name, parts) -> {
              Tensor whole = Tensor.zeros(parts.getFirst().dtype(), joinedShape(parts));
              join(name, parts, whole);
              state.put(name, whole);
            });
    return state;
  }

  /// Overwrites what [#state] gave with the present memory: an epoch that is remembered needs no
  /// new tensors.
  ///
  /// @param state tensors by name, as [#state] gave them
  /// @throws IllegalArgumentException if the optimizer remembers other tensors by now
  void copyStateTo(Map<String, Tensor> state) {
    Map<String, List<Tensor>> own = tensorsByName();
    requireSameKinds(own, state);
    own.forEach((name, parts) -> join(name, parts, Objects.requireNonNull(state.get(name))));
  }

  /// Makes the optimizer remember what [#state] gave.
  ///
  /// @param state tensors by name; copied
  /// @throws IllegalArgumentException if names, shapes or types are not those of this optimizer for
  ///     these parameters; nothing is changed then
  void restore(Map<String, Tensor> state) {
    Map<String, List<Tensor>> own = tensorsByName();
    requireSameKinds(own, state);
    own.forEach(
        (name, parts) -> {
          Tensor whole = Objects.requireNonNull(state.get(name));
          int from = 0;
          for (Tensor part : parts) {
            if (parts.size() == 1 || part.shape().rank() == 0) {
              TensorMath.copy(whole, part);
            } else {
              int to = from + part.shape().rows();
              TensorMath.copy(whole.rows(from, to), part);
              from = to;
            }
          }
        });
  }

  /// The tensors of all pieces, those of the same name in the order of the rows.
  private Map<String, List<Tensor>> tensorsByName() {
    Map<String, List<Tensor>> byName = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      StateTensors.of(piece.optimizer.state(), piece.parameters)
          .forEach((name, part) -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(part));
    }
    return byName;
  }

  /// The shape of a tensor with the rows of all parts.
  private static Shape joinedShape(List<Tensor> parts) {
    Shape first = parts.getFirst().shape();
    if (parts.size() == 1 || first.rank() == 0) {
      return first;
    }
    int[] dims = first.dims();
    dims[0] = parts.stream().mapToInt(part -> part.shape().rows()).sum();
    return Shape.of(dims);
  }

  /// Copies the rows of all parts into one tensor; a number must be the same in each.
  private static void join(String name, List<Tensor> parts, Tensor whole) {
    Tensor first = parts.getFirst();
    if (parts.size() == 1) {
      TensorMath.copy(first, whole);
    } else if (first.shape().rank() == 0) {
      if (!parts.stream().allMatch(first::sameBits)) {
        throw new IllegalStateException(
            "The optimizer's number " + name + " differs between pieces: " + parts + ".");
      }
      TensorMath.copy(first, whole);
    } else {
      int from = 0;
      for (Tensor part : parts) {
        int to = from + part.shape().rows();
        TensorMath.copy(part, whole.rows(from, to));
        from = to;
      }
    }
  }

  private static void requireSameKinds(Map<String, List<Tensor>> own, Map<String, Tensor> given) {
    if (!own.keySet().equals(given.keySet())) {
      throw new IllegalArgumentException(
          "The optimizer remembers " + own.keySet() + ", but was given " + given.keySet() + ".");
    }
    own.forEach((name, parts) -> requireSameKind(name, parts, given.get(name)));
  }

  private static void requireSameKind(String name, List<Tensor> own, @Nullable Tensor given) {
    DType dtype = own.getFirst().dtype();
    Shape shape = joinedShape(own);
    if (given == null || given.dtype() != dtype || !given.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "The optimizer remembers "
              + name
              + " as "
              + dtype.label()
              + shape
              + ", but was given "
              + (given == null ? "nothing" : given.dtype().label() + given.shape())
              + ".");
    }
  }

  private static List<Rows> cut(String path, int position, Parameter parameter) {
    if (parameter.shape().size() <= PIECE) {
      return List.of(new Rows(path, position, parameter, 0, 0, true));
    }
    int rows = parameter.shape().rows();
    int pieces = Math.min(Math.ceilDiv(parameter.shape().size(), PIECE), MOST_PIECES);
    int count = Math.min(Math.ceilDiv(pieces, MULTIPLE) * MULTIPLE, rows);
    List<Rows> cut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) rows * i / count);
      int to = (int) ((long) rows * (i + 1) / count);
      Parameter part = parameter.rows(from, to);
      cut.add(new Rows(path, position, part, from, to, false));
    }
    return cut;
  }
}
