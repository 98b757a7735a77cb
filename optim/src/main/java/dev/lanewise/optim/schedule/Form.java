package dev.lanewise.optim.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The kinds of schedules that a text can name.
enum Form {
  CONSTANT("constant", "constant[:VALUE]", 1, "always the same; VALUE is otherwise the rate") {
    @Override
    Schedule build(Arguments in) {
      return new Constant(in.number(0, "value", in.rate()));
    }
  },
  LINEAR("linear", "linear[:END]", 1, "a straight line from the rate to END, otherwise 0") {
    @Override
    Schedule build(Arguments in) {
      return new Linear(in.rate(), in.number(0, "end", 0), in.steps());
    }
  },
  POLYNOMIAL(
      "polynomial", "polynomial[:POWER[,END]]", 2, "(1 − t/T)^POWER from the rate to END; 2, 0") {
    @Override
    Schedule build(Arguments in) {
      return new Polynomial(
          in.rate(), in.number(1, "end", 0), in.number(0, "power", 2), in.steps());
    }
  },
  STEP("step", "step:EVERY[,FACTOR]", 2, "times FACTOR (0.1) after each length EVERY") {
    @Override
    Schedule build(Arguments in) {
      return new StepDecay(in.rate(), in.number(1, "factor", 0.1), in.length(0, "length"));
    }
  },
  MULTI_STEP(
      "multi-step",
      "multi-step:AT,…,FACTOR",
      Integer.MAX_VALUE,
      "times FACTOR at each of the places AT") {
    @Override
    Schedule build(Arguments in) {
      int last = in.words().size() - 1;
      if (last < 1) {
        throw in.wrong("it needs one place or more and then a factor, as in 50%,75%,0.1");
      }
      List<Long> places = new ArrayList<>();
      for (int i = 0; i < last; i++) {
        places.add(in.length(i, "place"));
      }
      return new MultiStep(in.rate(), in.number(last, "factor"), places);
    }
  },
  EXPONENTIAL(
      "exponential", "exponential:FACTOR[,PER]", 2, "times FACTOR in each length PER (1ep)") {
    @Override
    Schedule build(Arguments in) {
      return new Exponential(
          in.rate(), in.number(0, "factor"), in.length(1, "unit", in.stepsPerEpoch()));
    }
  },
  INVERSE_TIME("inverse-time", "inverse-time:DECAY[,PER]", 2, "1/(1 + DECAY·t/PER); PER is 1ep") {
    @Override
    Schedule build(Arguments in) {
      return new InverseTime(
          in.rate(), in.number(0, "decay"), in.length(1, "unit", in.stepsPerEpoch()));
    }
  },
  COSINE("cosine", "cosine[:END]", 1, "half a cosine wave from the rate to END, otherwise 0") {
    @Override
    Schedule build(Arguments in) {
      return new Cosine(in.rate(), in.number(0, "end", 0), in.steps());
    }
  },
  COSINE_RESTARTS(
      "cosine-restarts",
      "cosine-restarts:PERIOD[,TIMES[,END]]",
      3,
      "cosine waves, each TIMES (1) as long as the one before") {
    @Override
    Schedule build(Arguments in) {
      double times = in.number(1, "multiplier", 1);
      if (times != Math.rint(times)) {
        throw in.wrong("its multiplier must be a whole number, but is '" + in.words().get(1) + "'");
      }
      return new CosineRestarts(
          in.rate(), in.number(2, "end", 0), in.length(0, "period"), (int) times);
    }
  },
  ONE_CYCLE(
      "one-cycle",
      "one-cycle[:RISE[,DIVISOR[,FINAL]]]",
      3,
      "up from rate/DIVISOR (25) in the share RISE (30%), down to rate/DIVISOR/FINAL (1e4)") {
    @Override
    Schedule build(Arguments in) {
      double rise =
          in.words().isEmpty()
              ? OneCycle.USUAL_RISE
              : in.place("rise", in.words().getFirst()) / in.totalSteps();
      return new OneCycle(
          in.rate(),
          in.steps(),
          rise,
          in.number(1, "divisor", OneCycle.USUAL_DIVISOR),
          in.number(2, "final divisor", OneCycle.USUAL_FINAL_DIVISOR));
    }
  },
  CYCLIC(
      "cyclic",
      "cyclic:SIDE[,LOW[,SHRINK]]",
      3,
      "triangles between LOW (rate/4) and the rate, SIDE up and SIDE down, each SHRINK (1) as"
          + " high") {
    @Override
    Schedule build(Arguments in) {
      long side = in.length(0, "side");
      return new Cyclic(
          in.number(1, "low value", in.rate() / 4),
          in.rate(),
          side,
          side,
          in.number(2, "shrink", 1));
    }
  },
  WARMUP("warmup", "warmup:LENGTH+…", 1, "a line up to where what follows begins") {
    @Override
    long length(Arguments in) {
      if (!in.atLength().isEmpty()) {
        throw in.wrong("its length is its argument and cannot be given by @ too");
      }
      return in.length(0, "length");
    }

    @Override
    Schedule build(Arguments in) {
      throw new IllegalStateException("A warm-up is built with what follows.");
    }
  },
  NOAM("noam", "noam:WARMUP", 1, "a line up in the length WARMUP, then down as 1/√step") {
    @Override
    Schedule build(Arguments in) {
      return new Noam(in.rate(), in.length(0, "warm-up"));
    }
  },
  PIECEWISE(
      "piecewise",
      "piecewise:AT=VALUE,…",
      Integer.MAX_VALUE,
      "straight lines from place to place") {
    @Override
    Schedule build(Arguments in) {
      List<Piecewise.Point> points = new ArrayList<>();
      for (String word : in.words()) {
        String[] sides = word.split("=", 2);
        if (sides.length == 1) {
          throw in.wrong("its points must be AT=VALUE, but one is '" + word + "'");
        }
        long place = Math.round(in.place("place", sides[0]));
        points.add(new Piecewise.Point(place, in.number("value", sides[1])));
      }
      return new Piecewise(points);
    }
  };

  private final String label;
  private final String syntax;
  private final int arguments;
  private final String meaning;

  Form(String label, String syntax, int arguments, String meaning) {
    this.label = label;
    this.syntax = syntax;
    this.arguments = arguments;
    this.meaning = meaning;
  }

  /// The schedule of a part that has so many steps.
  abstract Schedule build(Arguments in);

  /// How many steps a part has before the next one begins.
  long length(Arguments in) {
    return in.atLength().isEmpty() ? Arguments.TO_THE_END : in.length("length", in.atLength());
  }

  static Form of(Arguments in) {
    for (Form form : values()) {
      if (form.label.equals(in.name())) {
        in.requireAtMost(form.arguments, form.syntax);
        return form;
      }
    }
    throw new IllegalArgumentException(
        "There is no schedule '%s': expected one of %s."
            .formatted(
                in.name(),
                Arrays.stream(values()).map(Form::label).collect(Collectors.joining(", "))));
  }

  String label() {
    return label;
  }

  String syntax() {
    return syntax;
  }

  String meaning() {
    return meaning;
  }
}
