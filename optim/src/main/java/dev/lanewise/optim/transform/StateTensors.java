package dev.lanewise.optim.transform;

import dev.lanewise.core.graph.Parameters;
import dev.lanewise.core.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tensors of a transform's state by name, so that they can be written to a file and copied
/// back into the state of an equal transform.
///
/// A state is a tensor, a [PerParameter], a record, a list or an optional of states, or null; a
/// number that changes is a FLOAT64 tensor of rank 0. What else stands in it (flags, numbers,
/// words) is a setting: every `init` for the same parameters must make the same.
public final class StateTensors {
  private final Map<String, Tensor> found;
  private final List<String> paths;

  private StateTensors(Map<String, Tensor> found, Parameters parameters) {
    this.found = found;
    this.paths = List.copyOf(parameters.byPath().keySet());
  }

  /// Collects the tensors.
  ///
  /// ```text
  /// 0.first.layers.0.weight     the first transform's component `first`, of that parameter
  /// 2.count                     the third transform's component `count`
  /// ```
  ///
  /// @param state the state
  /// @param parameters the parameters that the state was made for
  /// @return the tensors themselves, not copies, by name
  /// @throws IllegalArgumentException if the state holds something that cannot be saved
  public static Map<String, Tensor> of(@Nullable Object state, Parameters parameters) {
    StateTensors tensors = new StateTensors(new LinkedHashMap<>(), parameters);
    tensors.walk("", state);
    return tensors.found;
  }

  private void walk(String name, @Nullable Object state) {
    switch (state) {
      case null -> {}
      case Tensor tensor -> found.put(name, tensor);
      case PerParameter each -> {
        for (int i = 0; i < paths.size(); i++) {
          found.put(join(name, paths.get(i)), each.get(i));
        }
      }
      case Masked.State<?> some ->
          new StateTensors(found, some.parameters()).walk(join(name, "inner"), some.inner());
      case Bound<?> bound -> walk(name, bound.state());
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          walk(join(name, Integer.toString(i)), list.get(i));
        }
      }
      case Optional<?> optional -> walk(name, optional.orElse(null));
      case Record record -> {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          walk(join(name, component.getName()), read(component, record));
        }
      }
      case boolean[] flags -> {}
      case Boolean flag -> {}
      case Number number -> {}
      case String word -> {}
      default ->
          throw new IllegalArgumentException(
              "The state"
                  + (name.isEmpty() ? "" : " " + name)
                  + " is a "
                  + state.getClass().getName()
                  + ", which cannot be saved: a state is made of tensors, in records and lists.");
    }
  }

  private static @Nullable Object read(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          "The component "
              + component.getName()
              + " of the state "
              + record.getClass().getName()
              + " cannot be read.",
          e);
    }
  }

  private static String join(String name, String part) {
    return name.isEmpty() ? part : name + "." + part;
  }
}
