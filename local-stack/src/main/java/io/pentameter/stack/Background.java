package io.pentameter.stack;

import io.pentameter.stack.process.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stack that goes on after the command that started it has returned. */
final class Background {

    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private final StackDirectory directory;
    private final Console console;

    Background(StackDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** Starts it in a session of its own, shows what it says until it serves, and tells whether it does. */
    boolean start(PortPlan ports) {
        directory.create();
        Path log = directory.log(StackLock.STACK);
        try {
            Files.deleteIfExists(directory.ready());
            long shown = Files.exists(log) ? Files.size(log) : 0;
            Process process = new ProcessBuilder(command(ports))
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            while (process.isAlive() && !Files.exists(directory.ready())) {
                shown = show(log, shown);
                Waiting.pause(LOOK);
            }
            show(log, shown);
            return process.isAlive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the stack of the directory, if one runs; only a process that is surely ours is told to. */
    boolean stop() {
        Optional<ProcessHandle> stack = StackLock.of(directory).living();
        if (stack.isEmpty()) {
            console.line("no stack runs on " + directory.root());
            return true;
        }
        console.line("stopping the stack on " + directory.root());
        stack.get().destroy();
        if (!Waiting.until(STOP_LIMIT, () -> !stack.get().isAlive())) {
            console.line("process %d did not stop within %d s; its log is %s"
                    .formatted(stack.get().pid(), STOP_LIMIT.toSeconds(), directory.log(StackLock.STACK)));
            return false;
        }
        console.line("stopped");
        return true;
    }

    private static List<String> command(PortPlan ports, StackDirectory directory) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StackCommand.class.getName()));
        command.addAll(List.of("supervise", "--data", directory.root().toString()));
        command.addAll(List.of("--port-base", String.valueOf(ports.base())));
        return command;
    }

    private List<String> command(PortPlan ports) {
        return command(ports, directory);
    }

    private long show(Path log, long from) throws IOException {
        if (!Files.exists(log)) {
            return from;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] news = new byte[(int) Math.max(0, file.length() - from)];
            file.seek(from);
            file.readFully(news);
            String text = new String(news, StandardCharsets.UTF_8);
            String lines = text.substring(0, text.lastIndexOf('\n') + 1);
            lines.lines().forEach(console::line);
            return from + lines.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
