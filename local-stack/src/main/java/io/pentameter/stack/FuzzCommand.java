package io.pentameter.stack;

import io.pentameter.stack.fuzz.Fuzz;
import io.pentameter.stack.fuzz.FuzzPage;
import io.pentameter.stack.seed.DemoEnv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@code ./pentameter fuzz}: with a stack that runs already, or else with one of its own, which ends with it. */
record FuzzCommand(Path home, Console console) {

    private static final int PORT_BASE = 4700;
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

    boolean run(List<String> arguments, Function<Options, LocalStack> make) {
        Options options = Options.of(arguments, home.resolve("data/fuzz"), PORT_BASE);
        boolean isRunning = StackLock.of(options.directory()).living().isPresent()
                && Files.exists(options.directory().ready());
        if (isRunning) {
            return attack(options, console::line);
        }
        try (Supervisor supervisor = Supervisor.up(make.apply(options))) {
            return attack(options, supervisor::say);
        }
    }

    private boolean attack(Options options, Consumer<String> show) {
        Clock clock = Clock.systemUTC();
        List<String> said = new ArrayList<>();
        Consumer<String> progress = line -> {
            said.add(line);
            show.accept(line);
        };
        Duration time = options.length().isZero() ? DEFAULT_TIME : options.length();
        long seed = options.seed().orElseGet(() -> clock.millis() % Integer.MAX_VALUE);
        Fuzz.Target target = new Fuzz.Target(DemoEnv.read(options.directory().demoEnv()), services(options));
        boolean good = new Fuzz(target, clock, seed, progress).run(time);
        options.report()
                .ifPresent(file -> new FuzzPage(file)
                        .write(
                                clock.instant(),
                                System.getProperty(StackCommand.COMMIT, "unknown"),
                                time,
                                seed,
                                good,
                                said));
        console.line(good ? "fuzz: nothing found" : "fuzz: FAILED");
        return good;
    }

    /** The services of the stack, whose memory is watched. */
    private static Map<String, ProcessHandle> services(Options options) {
        Map<String, ProcessHandle> services = new HashMap<>();
        for (PidFile part : StackLock.parts(options.directory())) {
            for (ServiceName service : ServiceName.values()) {
                if (part.component().equals(service.module())) {
                    part.living().ifPresent(process -> services.put(part.component(), process));
                }
            }
        }
        return services;
    }
}
