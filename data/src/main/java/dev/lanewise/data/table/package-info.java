/// Tables of numbers in text files: one row for each example, the last columns being the targets,
/// and lists of rows that published results were tested on.
@NullMarked
package dev.lanewise.data.table;

import org.jspecify.annotations.NullMarked;
