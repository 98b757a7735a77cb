/// The IDX format, in which MNIST and its successors are distributed.
///
/// [dev.lanewise.data.idx.IdxReader] reads one file as an array,
/// [dev.lanewise.data.idx.MnistFolder] a folder of four as a training and a test set.
@NullMarked
package dev.lanewise.data.idx;

import org.jspecify.annotations.NullMarked;
