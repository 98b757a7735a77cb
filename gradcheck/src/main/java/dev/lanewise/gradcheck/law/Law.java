package dev.lanewise.gradcheck.law;

import java.util.List;

/// Something that holds for every right function with a right gradient, whatever it computes.
public interface Law {
  /// What the law says, for findings.
  ///
  /// @return a short statement, `backward is repeatable`
  String name();

  /// Looks whether the law holds.
  ///
  /// @param subject the function and the points to look at
  /// @return what is broken and where; empty if the law holds
  List<Finding> check(Subject subject);
}
