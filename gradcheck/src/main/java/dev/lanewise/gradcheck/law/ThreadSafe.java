package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Workspace;
import dev.lanewise.gradcheck.problem.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Four threads that evaluate the function at once, at two points, each with a workspace of its
/// own, get the bits that one thread gets.
///
/// Breaks: scratch or saved values shared by threads. What is shared shows only if threads meet, so
/// a silence proves nothing; a finding does. [RunsAreIndependent] sees most of it in one thread.
public record ThreadSafe() implements Law {
  private static final int THREADS = 4;
  private static final int TIMES = 4;

  @Override
  public String name() {
    return "threads do not disturb each other";
  }

  @Override
  public List<Finding> check(Subject subject) {
    Findings findings = new Findings(this, subject);
    List<Callable<Findings>> tasks = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    for (double[][] point : List.of(subject.x(), subject.other())) {
      try (Execution run = subject.open(point)) {
        double[] y = run.output();
        double[][] gradients = run.gradients(subject.u());
        for (int thread = 0; thread < THREADS / 2; thread++) {
          tasks.add(() -> compare(subject, start, point, y, gradients));
        }
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Findings> future : threads.invokeAll(tasks)) {
        if (findings.isEmpty()) {
          collect(findings, future);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The check was interrupted.", e);
    }
    return findings.list();
  }

  private Findings compare(
      Subject subject, CyclicBarrier start, double[][] point, double[] y, double[][] gradients)
      throws InterruptedException, BrokenBarrierException {
    Findings findings = new Findings(this, subject);
    start.await();
    try (Workspace own = Workspace.of(1, Evaluator.ROWS_PER_SHARD)) {
      for (int i = 0; i < TIMES && findings.isEmpty(); i++) {
        try (Execution run = subject.open(own, point)) {
          findings.sameOutput("one of four threads at once", y, run.output());
          findings.sameGradients(
              "one of four threads at once", gradients, run.gradients(subject.u()));
        }
      }
    }
    return findings;
  }

  private static void collect(Findings findings, Future<Findings> future)
      throws InterruptedException {
    try {
      findings.addAll(future.get());
    } catch (ExecutionException e) {
      findings.add("one of four threads at once failed: " + e.getCause());
    }
  }
}
