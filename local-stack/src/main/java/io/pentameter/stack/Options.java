package io.pentameter.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What stands after the command's name on the command line.
 *
 * @param rounds of chaos
 * @param seed   of the choices of chaos; absent: one that differs each time
 * @param report file for the page with the result of chaos; absent: none is written
 * @param length how long the demo or fuzz runs; zero for until Ctrl-C, or the default of fuzz
 */
record Options(
        StackDirectory directory,
        PortPlan ports,
        boolean foreground,
        int rounds,
        OptionalLong seed,
        Optional<Path> report,
        Duration length) {

    static final int DEFAULT_ROUNDS = 5;
    static final int MAX_ROUNDS = 1000;
    static final int MAX_MINUTES = 10_000;

    private static final Set<String> WITH_VALUE =
            Set.of("--data", "--port-base", "--rounds", "--seed", "--report", "--seconds", "--minutes");

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException naming the option and what is allowed
     */
    static Options of(List<String> arguments, Path defaultDirectory, int defaultPortBase) {
        Path data = defaultDirectory;
        int portBase = defaultPortBase;
        int rounds = DEFAULT_ROUNDS;
        OptionalLong seed = OptionalLong.empty();
        Optional<Path> report = Optional.empty();
        int seconds = 0;
        boolean foreground = false;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String name = words.next();
            if (name.equals("--foreground")) {
                foreground = true;
                continue;
            }
            if (!WITH_VALUE.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown option %s; known are --foreground and %s with a value".formatted(name, WITH_VALUE));
            }
            if (!words.hasNext()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            String value = words.next();
            switch (name) {
                case "--data" -> data = Path.of(value);
                case "--port-base" -> portBase = number(name, value, PortPlan.MIN_BASE, PortPlan.MAX_BASE);
                case "--rounds" -> rounds = number(name, value, 1, MAX_ROUNDS);
                case "--seed" -> seed = OptionalLong.of(number(name, value, 0, Integer.MAX_VALUE));
                case "--report" -> report = Optional.of(Path.of(value));
                case "--minutes" -> seconds = 60 * number(name, value, 1, MAX_MINUTES);
                default -> seconds = number(name, value, 1, Integer.MAX_VALUE);
            }
        }
        return new Options(
                new StackDirectory(data),
                new PortPlan(portBase),
                foreground,
                rounds,
                seed,
                report,
                Duration.ofSeconds(seconds));
    }

    private static int number(String name, String value, int least, int most) {
        String error = "%s must be a whole number in %d..%d: %s".formatted(name, least, most, value);
        try {
            int number = Integer.parseInt(value);
            if (number < least || number > most) {
                throw new IllegalArgumentException(error);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(error, e);
        }
    }
}
