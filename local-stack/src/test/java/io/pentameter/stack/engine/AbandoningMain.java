package io.pentameter.stack.engine;

import io.pentameter.stack.engine.PostgresEngine.Durability;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.Ports;
import io.pentameter.stack.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts engines, prints the ids of their processes, and waits to be killed. */
final class AbandoningMain {

    private AbandoningMain() {}

    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        EngineStore store = EngineStore.ofUser();
        List<Component> engines = List.of(
                new PostgresEngine(
                        store, root.resolve("pg"), root.resolve("pg.txt"), Ports.free(), "secret", Durability.NONE),
                new ClickHouseEngine(store, root.resolve("ch"), root.resolve("ch.txt"), Ports.free(), "secret"),
                new KafkaEngine(store, root.resolve("kafka"), root.resolve("kafka.txt"), Ports.free(), Ports.free()));
        engines.forEach(Component::start);
        engines.forEach(engine -> {
            System.out.println(engine.handle().pid());
            engine.handle().descendants().forEach(child -> System.out.println(child.pid()));
        });
        System.out.println("started");
        Waiting.pause(Duration.ofHours(1));
    }
}
