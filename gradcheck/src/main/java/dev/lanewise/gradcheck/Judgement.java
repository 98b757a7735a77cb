package dev.lanewise.gradcheck;

import dev.lanewise.gradcheck.numeric.Estimate;

/// A verdict, and the numeric derivative it rests on.
///
/// @param verdict what was found
/// @param numeric the derivative by differences
record Judgement(Verdict verdict, Estimate numeric) {}
