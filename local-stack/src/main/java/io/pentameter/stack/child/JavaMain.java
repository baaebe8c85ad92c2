package io.pentameter.stack.child;

import java.util.Arrays;

/** Runs the main class named by the first argument, and exits in good order when the parent is gone. */
public final class JavaMain {

    private JavaMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentWatch.onEnd(() -> System.exit(0));
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
