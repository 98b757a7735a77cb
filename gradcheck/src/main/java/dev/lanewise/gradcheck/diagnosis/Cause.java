package dev.lanewise.gradcheck.diagnosis;

/// The kinds of mistakes that a diagnosis can name.
public enum Cause {
  /// Backward twice gives different bits.
  NONDETERMINISTIC,
  /// `b(2u) ≠ 2b(u)` or `b(−u) ≠ −b(u)`: clipped, normalised, or of the upstream's absolute value.
  NOT_LINEAR_IN_UPSTREAM,
  /// The gradient does not depend on the upstream.
  IGNORES_UPSTREAM,
  /// `b(0) ≠ 0`: something is added that the upstream does not scale.
  LEAK,
  /// NaN or infinite.
  NOT_FINITE,
  /// Zero everywhere, while the derivative is not.
  ALL_ZERO,
  /// The low bits of the mantissas are zero: computed in float32 or bfloat16.
  LOW_PRECISION,
  /// Off by the same factor everywhere.
  CONSTANT_RATIO,
  /// Wrong at one coordinate.
  ONE_COORDINATE,
  /// Two axes swapped.
  AXES_SWAPPED,
  /// An axis reversed.
  AXIS_REVERSED,
  /// Shifted along an axis.
  SHIFTED,
  /// The gradient by another variable.
  OTHER_VARIABLE,
  /// The error is the same number everywhere.
  CONSTANT_ERROR,
  /// The error is proportional to the variable itself: weight decay, a projection.
  ERROR_LIKE_INPUT,
  /// The error is proportional to the upstream: a skip path missing or doubled.
  ERROR_LIKE_UPSTREAM,
  /// Wrong on a nameable part only: an index of an axis, a sign of the input, zeros, large inputs.
  SUBSET,
  /// The layer is elementwise, or the loss separable, and the formula of one element is wrong.
  ELEMENT_FORMULA,
  /// Off by a factor for each row or each column.
  ROW_OR_COLUMN_RATIO,
  /// The error of each row or column lies in the span of 1, x, y and exp y: a term of a
  /// normalisation or softmax is missing.
  PROJECTION,
  /// Some rows of the batch contribute wrongly or nothing: assigned instead of accumulated.
  BATCH_ROWS,
  /// The numeric gradient of a re-indexed problem: upstream shifted, W in the place of its
  /// transpose.
  REINDEXED,
  /// Right for some pairs of an element and an output, zero or off by one factor for the others: a
  /// path is missing or counted twice.
  PATH,
  /// The right numbers at other places.
  PERMUTED,
  /// None of these.
  UNEXPLAINED
}
