package dev.lanewise.gradcheck.law;

import dev.lanewise.core.graph.Workspace;
import dev.lanewise.gradcheck.problem.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Four threads that evaluate the function at once, at two points, each with a workspace of its
/// own,
/// get the bits that one thread gets.
///
/// Breaks: scratch or saved values shared by threads. What is shared shows only if threads meet, so
/// a
/// silence proves nothing; a finding does. [RunsAreIndependent] sees most of it in one thread.
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
    List<Result> expected = new ArrayList<>();
    for (double[][] point : List.of(subject.x(), subject.other())) {
      try (Execution run = subject.open(point)) {
        expected.add(new Result(run.output(), run.gradients(subject.u())));
      }
    }
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<List<Result>>> futures = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory())) {
      for (int thread = 0; thread < THREADS; thread++) {
        double[][] point = thread % 2 == 0 ? subject.x() : subject.other();
        futures.add(threads.submit(evaluations(subject, start, point)));
      }
    }
    for (int thread = 0; thread < THREADS; thread++) {
      compare(findings, expected.get(thread % 2), futures.get(thread));
    }
    return findings.list();
  }

  private record Result(double[] y, double[][] gradients) {}

  private static Callable<List<Result>> evaluations(
      Subject subject, CyclicBarrier start, double[][] point) {
    return () -> {
      List<Result> results = new ArrayList<>();
      try (Workspace own = Workspace.of(1, Evaluator.ROWS_PER_SHARD)) {
        start.await();
        for (int i = 0; i < TIMES; i++) {
          try (Execution run = subject.open(own, point)) {
            results.add(new Result(run.output(), run.gradients(subject.u())));
          }
        }
      }
      return results;
    };
  }

  private static void compare(Findings findings, Result expected, Future<List<Result>> future) {
    try {
      for (Result result : future.get()) {
        if (findings.isEmpty()) {
          findings.sameOutput("one of four threads at once", expected.y(), result.y());
          findings.sameGradients(
              "one of four threads at once", expected.gradients(), result.gradients());
        }
      }
    } catch (ExecutionException e) {
      findings.add("one of four threads at once failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The check was interrupted.", e);
    }
  }
}
