package io.pentameter.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StartOrderTest {

    private final StartOrder order = new StartOrder();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    @Test
    void runsATaskAfterAllItNeeds() {
        var log = order.run(() -> done.add("log"));
        var store = order.run(() -> done.add("store"));
        var reader = order.run(() -> done.add("reader"), log, store);
        var door = order.run(() -> done.add("door"), reader);
        assertThat(door).isNotNull();

        order.await();

        assertThat(List.copyOf(done).subList(2, 4)).containsExactly("reader", "door");
    }

    @Test
    void endsWithTheFirstFailureThoughOthersHang() {
        CountDownLatch never = new CountDownLatch(1);
        var hanging = order.run(() -> awaitQuietly(never));
        var broken = order.run(() -> {
            throw new IllegalStateException("no disk");
        });
        var after = order.run(() -> done.add("after"), broken);
        assertThat(List.of(hanging, after)).isNotEmpty();

        assertThatIllegalStateException().isThrownBy(order::await).withMessage("no disk");

        assertThat(done).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
