package io.pentameter.stack.chaos;

import io.pentameter.stack.chaos.Stages.Stage;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Kills. Those on whom a repricing depends die while one is calculated, applied or taken back: each first in the stage in which it has not
 * yet died.
 */
final class Strikes {

    /** How many milliseconds into a stage at most: each is over soon. */
    private static final int MOST_INTO_IT = 10;

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Set<String> AIMED_AT = Set.of("aggregation-service", "kafka", "clickhouse");
    private static final List<Stage> STAGES = List.of(Stage.CALCULATING, Stage.APPLYING, Stage.REVERTING);

    private final Stages stages;
    private final RandomGenerator random;
    private final Set<String> killed = new TreeSet<>();

    Strikes(Stages stages, RandomGenerator random) {
        this.stages = stages;
        this.random = random;
    }

    /** Kills, and says what it waited for; empty if for nothing. */
    String kill(Component victim) {
        if (!AIMED_AT.contains(victim.name())) {
            victim.kill();
            return "";
        }
        killed.add(victim.name());
        Stage stage = next(victim.name());
        boolean came = stages.await(stage, LIMIT);
        Waiting.pause(Duration.ofMillis(random.nextInt(MOST_INTO_IT)));
        stages.strike(victim.name(), () -> {
            var _ = victim.handle().destroyForcibly();
        });
        victim.kill();
        return came ? " as a repricing was being " + stage.word() : "";
    }

    /** Those that were killed, but never in the midst of a repricing. */
    Set<String> missed() {
        Set<String> missed = new TreeSet<>(killed);
        missed.removeIf(victim -> STAGES.stream().anyMatch(stage -> stages.struck(victim, stage) > 0));
        return missed;
    }

    /** The stage in which the victim died least often. */
    Stage next(String victim) {
        Stage next = STAGES.getFirst();
        for (Stage stage : STAGES) {
            if (stages.struck(victim, stage) < stages.struck(victim, next)) {
                next = stage;
            }
        }
        return next;
    }
}
