package io.pentameter.stack;

import io.pentameter.stack.chaos.Chaos;
import io.pentameter.stack.chaos.ChaosPage;
import io.pentameter.stack.demo.Demo;
import io.pentameter.stack.engine.EngineFetch;
import io.pentameter.stack.engine.EngineStore;
import io.pentameter.stack.engine.PentameterTopics;
import io.pentameter.stack.process.StartFailedException;
import io.pentameter.stack.seed.DemoEnv;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The commands of {@code ./pentameter} that concern a running stack. */
public final class StackCommand {

    /** Where the repository is; set by the script. */
    public static final String HOME = "pentameter.home";

    /** What git calls the state of the repository; set by the script. */
    static final String COMMIT = "pentameter.commit";

    private static final int CHAOS_PORT_BASE = 4500;

    /** How long after the last span all its rollups are sealed. */
    private static final Duration SETTLED = Duration.ofSeconds(90);

    private final Console console = new Console(System.out);
    private final Path home =
            Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();

    private StackCommand() {}

    public static void main(String[] arguments) {
        try {
            boolean good = new StackCommand().run(List.of(arguments));
            System.exit(good ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IllegalStateException | StartFailedException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private boolean run(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("no command given");
        }
        String command = arguments.getFirst();
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (command) {
            case "engines" -> {
                new EngineFetch(EngineStore.ofUser(), console::line).run();
                yield true;
            }
            case "up" -> up(options(rest));
            case "supervise" -> supervise(options(rest));
            case "down" -> new Background(options(rest).directory(), console).stop();
            case "status" -> new Status(options(rest).directory(), console).print();
            case "demo" -> demo(options(rest));
            case "chaos" -> chaos(Options.of(rest, home.resolve("data/chaos"), CHAOS_PORT_BASE));
            case "fuzz" -> new FuzzCommand(home, console).run(rest, this::stack);
            case "create-topic" -> createTopic(rest);
            default -> throw new IllegalArgumentException("unknown command: " + command);
        };
    }

    private boolean up(Options options) {
        if (options.foreground()) {
            return supervise(options);
        }
        if (StackLock.of(options.directory()).living().isPresent()
                && Files.exists(options.directory().ready())) {
            return new Status(options.directory(), console).print();
        }
        fetchEngines();
        return new Background(options.directory(), console).start(options.ports())
                && new Status(options.directory(), console).print();
    }

    private boolean supervise(Options options) {
        Supervisor.up(stack(options)).watch();
        return true;
    }

    /** With a stack that runs already, or else with one of its own, which ends with it. */
    private boolean demo(Options options) {
        boolean isRunning = StackLock.of(options.directory()).living().isPresent()
                && Files.exists(options.directory().ready());
        if (isRunning) {
            show(options);
            return true;
        }
        Supervisor supervisor = Supervisor.up(stack(options));
        Thread.ofPlatform().daemon().name("supervisor").start(supervisor::watch);
        show(options);
        return true;
    }

    private void show(Options options) {
        Map<String, String> facts = DemoEnv.read(options.directory().demoEnv());
        new Demo(facts, options.ports().demoWebhook(), Clock.systemUTC(), new Screen(console)::show)
                .run(options.length());
    }

    private boolean chaos(Options options) {
        LocalStack stack = stack(options);
        try (Supervisor supervisor = Supervisor.up(stack)) {
            Clock clock = Clock.systemUTC();
            Chaos.Stack victim = new Chaos.Stack(
                    DemoEnv.read(options.directory().demoEnv()), stack.components(), stack::restart, SETTLED);
            List<String> said = new ArrayList<>();
            Consumer<String> progress = line -> {
                said.add(line);
                supervisor.say(line);
            };
            long seed = options.seed().orElseGet(() -> clock.millis() % Integer.MAX_VALUE);
            boolean good = new Chaos(victim, clock, seed, progress).run(options.rounds());
            options.report()
                    .ifPresent(file -> new ChaosPage(file)
                            .write(
                                    clock.instant(),
                                    System.getProperty(COMMIT, "unknown"),
                                    options.rounds(),
                                    good,
                                    said));
            console.line(good ? "chaos: nothing lost, nothing double, nothing half done" : "chaos: FAILED");
            return good;
        }
    }

    private boolean createTopic(List<String> arguments) {
        Options options = options(arguments.subList(1, arguments.size()));
        PentameterTopics.create(
                DemoEnv.read(options.directory().demoEnv()).getOrDefault("PENTAMETER_KAFKA_BOOTSTRAP", ""),
                arguments.getFirst());
        return true;
    }

    /** A stack that may be started: the programs are there and the ports free. */
    private LocalStack stack(Options options) {
        fetchEngines();
        LocalStack stack = new LocalStack(home, options.directory(), options.ports(), EngineStore.ofUser(), console);
        List<String> taken = options.ports().taken();
        if (!taken.isEmpty()) {
            stack.close();
            throw new IllegalStateException(String.join(System.lineSeparator(), taken) + System.lineSeparator()
                    + "stop what listens there, or choose others with --port-base N");
        }
        return stack;
    }

    private void fetchEngines() {
        if (!EngineStore.ofUser().isComplete()) {
            new EngineFetch(EngineStore.ofUser(), console::line).run();
        }
    }

    private Options options(List<String> arguments) {
        return Options.of(arguments, home.resolve("data"), PortPlan.DEFAULT_BASE);
    }
}
