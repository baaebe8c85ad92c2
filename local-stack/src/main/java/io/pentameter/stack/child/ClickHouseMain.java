package io.pentameter.stack.child;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Runs the ClickHouse engine of {@code libchdb.so} as a server that answers on its own HTTP port.
 *
 * <p>The engine's command line mode starts the HTTP listener and then sleeps in a query that never ends; to stop, that
 * query is killed, and the engine's main returns. This process must never leave by {@code System.exit} while the engine
 * lives: the C exit handlers crash inside the library. It ends by {@code _exit} instead.
 *
 * <p>Arguments: library, data directory, settings file, port. The environment variable {@value #STOP_PASSWORD} holds the
 * password of the user {@code keeper}, who may kill queries.
 */
@SuppressWarnings("restricted") // calling a native library is what this class is for
public final class ClickHouseMain {

    public static final String STOP_PASSWORD = "PENTAMETER_CLICKHOUSE_STOP_PASSWORD";

    private static final String KEEPALIVE = "keepalive";
    private static final Linker LINKER = Linker.nativeLinker();
    private static final long STACK_BYTES = 64L << 20;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private ClickHouseMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[3]);
        String[] command = {
            "clickhouse",
            "--path=" + arguments[1],
            "--config-file=" + arguments[2],
            "--http_port=" + port,
            "--listen_host=127.0.0.1",
            "--query_id=" + KEEPALIVE,
            "--query",
            "SYSTEM START LISTEN HTTP; SELECT sleepEachRow(1) FROM system.numbers SETTINGS max_block_size=1,"
                    + " max_execution_time=0, function_sleep_max_microseconds_per_block=0 FORMAT Null"
        };
        SymbolLookup library = SymbolLookup.libraryLookup(arguments[0], Arena.global());
        keepSignalHandlersOfJava(library);
        Thread engine = new Thread(null, () -> runEngine(library, command), "clickhouse-main", STACK_BYTES);
        engine.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(port, engine), "clickhouse-stop"));
        ParentWatch.onEnd(() -> stop(port, engine));
        engine.join();
        exitNow(1);
    }

    /** Without this the JVM dies at its first implicit null check. It must be the first call into the library. */
    private static void keepSignalHandlersOfJava(SymbolLookup library) {
        MethodHandle switchOff = LINKER.downcallHandle(
                library.find("chdb_set_signal_handlers_enabled").orElseThrow(), FunctionDescriptor.ofVoid(JAVA_INT));
        invoke(() -> switchOff.invoke(0));
    }

    private static void runEngine(SymbolLookup library, String[] command) {
        MethodHandle main = LINKER.downcallHandle(
                library.find("chdb_query_cmdline").orElseThrow(), FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
        MemorySegment arguments = Arena.global().allocate(ADDRESS, command.length + 1L);
        for (int i = 0; i < command.length; i++) {
            arguments.setAtIndex(ADDRESS, i, Arena.global().allocateFrom(command[i]));
        }
        invoke(() -> main.invoke(command.length, arguments));
    }

    private static void stop(int port, Thread engine) {
        try {
            endKeepalive(port); // its connection must be closed before the wait: the engine waits for open ones
            engine.join(STOP_LIMIT);
        } catch (IOException e) {
            System.err.println("the engine did not take the order to stop: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        exitNow(0);
    }

    private static void endKeepalive(int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest kill = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .header("X-ClickHouse-User", "keeper")
                    .header("X-ClickHouse-Key", System.getenv(STOP_PASSWORD))
                    .timeout(STOP_LIMIT)
                    .POST(BodyPublishers.ofString("KILL QUERY WHERE query_id = '" + KEEPALIVE + "' ASYNC"))
                    .build();
            client.send(kill, BodyHandlers.discarding());
        }
    }

    private static void exitNow(int status) {
        MethodHandle exit = LINKER.downcallHandle(
                LINKER.defaultLookup().find("_exit").orElseThrow(), FunctionDescriptor.ofVoid(JAVA_INT));
        invoke(() -> exit.invoke(status));
    }

    private static void invoke(NativeCall call) {
        try {
            call.run();
        } catch (Throwable e) { // a method handle declares Throwable; nothing but a linkage error can come
            throw new IllegalStateException("the call into the library failed", e);
        }
    }

    private interface NativeCall {
        void run() throws Throwable;
    }
}
