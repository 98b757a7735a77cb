package dev.lanewise.data;

import dev.lanewise.core.tensor.Shape;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;

/// Some rows of a dataset, as a view.
final class SelectedRows implements Dataset {
  private final Dataset source;
  private final int[] rows;

  SelectedRows(Dataset source, int[] rows) {
    for (int row : rows) {
      RowBlocks.requireRow(source.size(), row);
    }
    this.source = source;
    this.rows = rows.clone();
  }

  /// The dataset of which these are some rows.
  Dataset source() {
    return source;
  }

  /// Which rows these are; not to be changed.
  int[] rows() {
    return rows;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public Shape featureShape() {
    return source.featureShape();
  }

  @Override
  public Shape targetShape() {
    return source.targetShape();
  }

  @Override
  public List<String> featureNames() {
    return source.featureNames();
  }

  @Override
  public List<String> classLabels() {
    return source.classLabels();
  }

  @Override
  public Provenance provenance() {
    return source.provenance().then(rows.length + " of " + source.size() + " rows");
  }

  @Override
  public void copyFeatures(int[] wanted, Tensor features) {
    source.copyFeatures(inSource(wanted), features);
  }

  @Override
  public void copyTargets(int[] wanted, Tensor targets) {
    source.copyTargets(inSource(wanted), targets);
  }

  private int[] inSource(int[] wanted) {
    int[] there = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      RowBlocks.requireRow(rows.length, wanted[i]);
      there[i] = rows[wanted[i]];
    }
    return there;
  }
}
