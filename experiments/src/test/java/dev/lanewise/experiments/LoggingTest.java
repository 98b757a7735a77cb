package dev.lanewise.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.lanewise.core.kernel.Kernels;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static String logged(Consumer<LoggerContext> log) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      LoggerContext context = new LoggerContext();
      context.setMDCAdapter(new LogbackMDCAdapter());
      new Logging().configure(context);
      log.accept(context);
      context.stop();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void warningsAreSentencesAndOnlyTheKernelsInform() {
    assertEquals(
        "WARN: Ärger 5.\nERROR: It failed.\nvector kernels\n",
        logged(
            context -> {
              Logger log = context.getLogger("dev.lanewise.some.Where");
              log.debug("hidden");
              log.info("hidden too");
              log.warn("Ärger {}.", 5);
              log.error("It failed.");
              context.getLogger(Kernels.class.getName()).info("vector kernels");
            }));
  }

  @Test
  void aFailureThatIsLoggedShowsWhereItCameFrom() {
    String text =
        logged(
            context ->
                context.getLogger("x").warn("Odd.", new IllegalStateException("the reason")));
    assertTrue(text.startsWith("WARN: Odd.\njava.lang.IllegalStateException: the reason"), text);
    assertTrue(text.contains("LoggingTest"), text);
  }

  @Test
  void theProgramIsConfiguredByIt() {
    assertTrue(LoggerFactory.getLogger(Kernels.class).isInfoEnabled());
    assertTrue(LoggerFactory.getLogger("dev.lanewise.some.Where").isWarnEnabled());
    assertFalse(LoggerFactory.getLogger("dev.lanewise.some.Where").isInfoEnabled());
  }
}
