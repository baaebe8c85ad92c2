package io.pentameter.ingest.bedrock;

import io.pentameter.ingest.config.CurrentTenants;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.IntakeParts;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Imports the files of a folder. A file goes to {@code done} when the log has all of it, and to {@code failed}, with a
 * sentence beside it, if nothing of it can be read; both lie in the tenant's subfolder. Killed in between, it is imported
 * again, and since ids come from the records nothing counts twice. While the log is away files stay where they are.
 */
@ApplicationScoped
class BedrockFolderJob {

    private static final Logger LOG = Logger.getLogger(BedrockFolderJob.class);

    private static final String KEY = "bedrock-folder";
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    /** S3's own paths are eight folders deep. */
    private static final int MAX_DEPTH = 16;

    /** Most files of a tenant in one look, so that others have their turn. */
    private static final int MAX_FILES = 200;

    private final IngestConfig config;
    private final CurrentTenants tenants;
    private final BedrockIntake intake;
    private final InstantSource clock;
    private volatile boolean isStopped;

    BedrockFolderJob(
            IngestConfig config, CurrentTenants tenants, IntakeParts parts, RecordLog log, InstantSource clock) {
        this.config = config;
        this.tenants = tenants;
        this.intake = new BedrockIntake(parts, log);
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (config.bedrock().folder().isPresent()) {
            Path folder = config.bedrock().folder().get();
            Thread.ofPlatform().name("bedrock-folder").daemon().start(() -> run(folder));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
    }

    private void run(Path folder) {
        while (!isStopped) {
            for (Map.Entry<String, String> tenant : config.bedrock().tenants().entrySet()) {
                try {
                    importAll(folder.resolve(tenant.getKey()), tenant.getValue());
                } catch (IOException | RuntimeException e) { // a thread that ends would import no more
                    LOG.warnf("files could not be imported, will try again, folder=%s reason=%s", tenant.getKey(), e);
                }
            }
            long until = System.nanoTime() + config.bedrock().every().toNanos();
            while (!isStopped && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(200_000_000);
            }
        }
    }

    private void importAll(Path subfolder, String tenant) throws IOException {
        TenantSettings settings = tenants.of(tenant);
        if (!Files.isDirectory(subfolder) || settings.isSuspended()) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(subfolder, MAX_DEPTH)) {
            files = all.filter(file -> isWaiting(subfolder, file))
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
        Sender sender = new Sender(tenant, KEY, settings);
        for (Path file : files) {
            if (isStopped || !importOne(subfolder, file, sender)) {
                return;
            }
        }
    }

    private boolean isWaiting(Path subfolder, Path file) {
        Path relative = subfolder.relativize(file);
        String first = relative.getName(0).toString();
        String name = file.getFileName().toString();
        if (first.equals(DONE)
                || first.equals(FAILED)
                || name.startsWith(".")
                || name.endsWith(".tmp")
                || BedrockFolderBodies.isBody(file)) {
            return false;
        }
        try {
            Instant settled = clock.instant().minus(config.bedrock().settle());
            return Files.isRegularFile(file)
                    && !Files.getLastModifiedTime(file).toInstant().isAfter(settled);
        } catch (IOException _) {
            return false; // gone meanwhile
        }
    }

    /** Whether it is worth going on: false if the log is away. */
    private boolean importOne(Path subfolder, Path file, Sender sender) throws IOException {
        int most = Math.toIntExact(config.maxBodySize().asLongValue());
        try {
            if (Files.size(file) > most) {
                throw new UndecodableException("the file must have at most " + most + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            BedrockFolderBodies bodies = new BedrockFolderBodies(List.of(subfolder, subfolder.resolve(DONE)));
            BedrockFile.Read read = BedrockFile.read(bytes, most, _ -> {}, bodies);
            if (bodies.isMissing() && mayCome(file)) {
                return true;
            }
            BedrockIntake.Receipt receipt = intake.take(read, bytes.length, sender, clock.instant());
            for (Path body : bodies.found()) {
                if (!body.startsWith(subfolder.resolve(DONE))) {
                    move(subfolder, body, DONE);
                }
            }
            move(subfolder, file, DONE);
            LOG.infof(
                    "a file is imported, tenant=%s accepted=%d refused=%d reason=%s",
                    sender.tenant(), receipt.accepted(), receipt.refused(), receipt.message());
        } catch (UndecodableException e) {
            Path moved = move(subfolder, file, FAILED);
            Files.writeString(moved.resolveSibling(moved.getFileName() + ".error.txt"), e.getMessage() + "\n");
            LOG.warnf(
                    "a file could not be imported, tenant=%s file=%s reason=%s", sender.tenant(), file, e.getMessage());
        } catch (NoSuchFileException _) {
            LOG.debugf("another replica was faster, file=%s", file);
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                return false;
            }
            throw e;
        }
        return true;
    }

    /** Whether bodies that a file names may still be under way to us. */
    private boolean mayCome(Path file) throws IOException {
        Instant since = clock.instant().minus(config.bedrock().bodiesWithin());
        return Files.getLastModifiedTime(file).toInstant().isAfter(since);
    }

    /** Below the same folders as it came in; a file of the same name there is replaced. */
    private static Path move(Path subfolder, Path file, String to) throws IOException {
        Path target = subfolder.resolve(to).resolve(subfolder.relativize(file));
        Files.createDirectories(target.getParent());
        return Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
