package io.pentameter.stack.child;

import java.io.PrintStream;

/**
 * Formats the broker's storage if need be and runs the broker, in one process, which saves a second start of Java.
 *
 * <p>Arguments: the settings file, and the cluster id to format with or {@code -} for storage that is formatted.
 */
public final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentWatch.onEnd(() -> System.exit(0));
        String settings = arguments[0];
        String clusterId = arguments[1];
        if (!clusterId.equals("-")) {
            format(settings, clusterId);
        }
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) new String[] {settings});
    }

    private static void format(String settings, String clusterId) throws ReflectiveOperationException {
        String[] command = {"format", "--ignore-formatted", "-t", clusterId, "-c", settings};
        Object status = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, command, System.err);
        if (!Integer.valueOf(0).equals(status)) {
            throw new IllegalStateException("formatting the storage failed: status=" + status);
        }
    }
}
