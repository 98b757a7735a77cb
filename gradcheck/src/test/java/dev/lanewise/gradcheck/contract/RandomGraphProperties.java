package dev.lanewise.gradcheck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.graph.Graph;
import dev.lanewise.core.graph.Node;
import dev.lanewise.core.graph.Workspace;
import dev.lanewise.core.random.Key;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// Random graphs of core ops: the graph engine, by what must hold for any computation.
class RandomGraphProperties {
  @Provide
  Arbitrary<Dag> graphs() {
    return Dags.any();
  }

  @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void gradientsAgreeWithDifferences(
      @ForAll("graphs") Dag dag, @ForAll @IntRange(min = 0, max = 9999) int seed) {
    Verification.requireNoFailure(new DagSpecimen(dag), DagSpecimen.checker(seed));
  }

  @Property(tries = 1000, seed = "2", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void sharingChangesNothing(@ForAll("graphs") Dag dag) {
    TreeComparison.requireEqual(dag);
  }

  @Property(tries = 200, seed = "3", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void aTreeSharesNothingAndHasTheSameOutput(@ForAll("graphs") Dag dag) {
    Dag tree = dag.expanded().dag();
    long uses =
        tree.vertices().stream()
            .filter(Dag.Apply.class::isInstance)
            .mapToLong(vertex -> ((Dag.Apply) vertex).inputs().size())
            .sum();
    assertEquals(tree.vertices().size() - 1, uses, dag::toString);
    assertTrue(dag.values().getLast().sameBits(tree.values().getLast()), dag::toString);
    assertEquals(tree.expanded().dag().toString(), tree.toString());
  }

  @Property(tries = 200, seed = "4", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void nothingIsRecordedThatTheOutputDoesNotDependOn(@ForAll("graphs") Dag dag) {
    assertEquals(dag.toString(), dag.pruned().toString());
    try (Workspace workspace = Workspace.of(1);
        Graph graph = workspace.training(Key.of(1))) {
      Node y = dag.record(graph, i -> graph.variable(dag.leaf(i))).getLast();
      assertEquals(dag.root(), y.index());
      assertEquals(dag.shapes().getLast(), y.shape());
    }
  }
}
