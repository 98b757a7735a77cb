package dev.lanewise.core.graph;

import dev.lanewise.core.tensor.DType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The parameters of a model, by path, in the order of the model's components.
///
/// A path is made of component names and list positions: `layers.0.weight`. A tied parameter has
/// its first path only.
///
/// ```java
/// Parameters parameters = Parameters.of(model);
/// parameters.byPath().get("layers.0.weight");
/// parameters.where((path, parameter) -> path.endsWith("weight"));
/// ```
///
/// @param byPath path → parameter, each parameter once, in the order of the model
public record Parameters(Map<String, Parameter> byPath) {
  /// Parameters under their paths.
  ///
  /// @param byPath path → parameter; copied
  public Parameters {
    byPath = Collections.unmodifiableMap(new LinkedHashMap<>(byPath));
  }

  /// Collects the parameters of a model by walking its record components: parameters, records,
  /// lists and optionals, at any depth. Everything else is a setting and is passed over.
  ///
  /// @param model a record, a list, or a parameter
  /// @return its parameters
  /// @throws IllegalArgumentException if a component of a record cannot be read
  public static Parameters of(Object model) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    collect(model, "", found, Collections.newSetFromMap(new IdentityHashMap<Parameter, Boolean>()));
    return new Parameters(found);
  }

  /// The parameters that satisfy a predicate on (path, parameter). Of a piece of a parameter, the
  /// whole is asked about.
  ///
  /// @param predicate the predicate
  /// @return those for which it holds, in the same order
  public Parameters where(BiPredicate<String, Parameter> predicate) {
    Map<String, Parameter> chosen = new LinkedHashMap<>();
    byPath.forEach(
        (path, parameter) -> {
          if (predicate.test(path, parameter.whole())) {
            chosen.put(path, parameter);
          }
        });
    return new Parameters(chosen);
  }

  /// The parameters that are trained.
  ///
  /// @return all but the frozen ones
  public Parameters trainable() {
    return where((path, parameter) -> !parameter.isFrozen());
  }

  /// The parameters without their paths.
  ///
  /// @return an immutable list
  public List<Parameter> list() {
    return List.copyOf(byPath.values());
  }

  /// How many numbers there are in all.
  ///
  /// @return the sum of the sizes
  public long count() {
    return byPath.values().stream().mapToLong(parameter -> parameter.shape().size()).sum();
  }

  /// Rebuilds a model with parameters of another element type, through the canonical constructors
  /// of its records. Ties are kept: one parameter becomes one parameter. Settings are shared.
  ///
  /// @param model the model: a record, a list, or a parameter
  /// @param dtype the new element type
  /// @param <M> the model's type
  /// @return the model rebuilt, its parameters rounded to the type
  /// @throws IllegalArgumentException if a record with parameters in it cannot be rebuilt
  @SuppressWarnings("unchecked") // a record is rebuilt as the same record
  public static <M> M convert(M model, DType dtype) {
    return (M) Objects.requireNonNull(rebuild(model, dtype, new IdentityHashMap<>()));
  }

  private static void collect(
      @Nullable Object part, String path, Map<String, Parameter> found, Set<Parameter> seen) {
    switch (part) {
      case null -> {}
      case Parameter parameter -> {
        if (seen.add(parameter)) {
          found.put(path, parameter);
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          collect(list.get(i), join(path, Integer.toString(i)), found, seen);
        }
      }
      case Optional<?> optional -> collect(optional.orElse(null), path, found, seen);
      case Record record -> {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          collect(read(component, record), join(path, component.getName()), found, seen);
        }
      }
      default -> {}
    }
  }

  private static @Nullable Object rebuild(
      @Nullable Object part, DType dtype, Map<Parameter, Parameter> converted) {
    return switch (part) {
      case null -> null;
      case Parameter parameter ->
          converted.computeIfAbsent(
              parameter,
              p ->
                  p.isFrozen()
                      ? Parameter.frozen(p.value().to(dtype))
                      : Parameter.of(p.value().to(dtype)));
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(rebuild(element, dtype, converted)));
        yield Collections.unmodifiableList(copy);
      }
      case Optional<?> optional -> optional.map(value -> rebuild(value, dtype, converted));
      case Record record when !of(record).byPath().isEmpty() ->
          rebuildRecord(record, dtype, converted);
      default -> part;
    };
  }

  private static Object rebuildRecord(
      Record record, DType dtype, Map<Parameter, Parameter> converted) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = rebuild(read(components[i], record), dtype, converted);
    }
    try {
      Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "The record "
              + record.getClass().getName()
              + " refused the parameters converted to "
              + dtype.label()
              + ".",
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "The record " + record.getClass().getName() + " cannot be rebuilt.", e);
    }
  }

  private static @Nullable Object read(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "The component "
              + component.getName()
              + " of the record "
              + record.getClass().getName()
              + " cannot be read.",
          e);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
