package io.pentameter.stack.fuzz;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that begin to send a body and then send a byte a second, for ever if they are let. */
final class Lingerers implements AutoCloseable {

    /** After which no route may wait for a body any more: a minute is what ingestion gives, and some time to notice. */
    static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final int COUNT = 50;

    private final List<Socket> sockets = new ArrayList<>();
    private final Thread thread;

    Lingerers(Wire wire, List<Sample> samples) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            sockets.add(wire.linger(samples.get(i % samples.size())));
        }
        thread = Thread.ofVirtual().name("lingerers").start(this::drip);
    }

    /** Connections that the other side has neither answered nor closed. */
    synchronized int waiting() {
        int waiting = 0;
        for (Socket socket : sockets) {
            waiting += isWaiting(socket) ? 1 : 0;
        }
        return waiting;
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static boolean isWaiting(Socket socket) {
        try {
            socket.setSoTimeout(5);
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void drip() {
        try {
            while (true) {
                Thread.sleep(Duration.ofSeconds(1));
                for (Socket socket : sockets) {
                    drip(socket);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
        } catch (IOException _) {
            // it was closed, as it ought to be
        }
    }
}
