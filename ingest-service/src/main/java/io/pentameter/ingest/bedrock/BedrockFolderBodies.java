package io.pentameter.ingest.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bodies in the mirror of a bucket in which their log lies too: at their key, or what is left of it below the folder that the
 * mirror begins with. Used for one file of the log. Reads nothing outside of its folder, and follows no links.
 */
final class BedrockFolderBodies implements BedrockBodies {

    /** Most bytes of a body after decompression; of a payload 1 MiB is kept. */
    static final int MAX_BODY = 8 << 20;

    /** Most bytes of all bodies of a file of the log together. */
    private static final long MAX_TOGETHER = 256L << 20;

    private static final String SCHEME = "s3://";
    private static final int MAX_PATH = 1100;
    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private final List<Path> roots;
    private final Set<Path> found = new LinkedHashSet<>();
    private boolean isMissing;
    private long together;

    /** @param roots where to look, the first first */
    BedrockFolderBodies(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** Whether the file is a body, and no log: Bedrock puts them into a folder {@code data} beside the logs of the hour. */
    static boolean isBody(Path file) {
        Path parent = file.getParent();
        String name = file.getFileName().toString();
        return parent != null
                && parent.getFileName() != null
                && parent.getFileName().toString().equals("data")
                && (name.contains("_input") || name.contains("_output"));
    }

    /** The files of the bodies that were found. */
    Set<Path> found() {
        return found;
    }

    /** Whether a body was not there; it may come. */
    boolean isMissing() {
        return isMissing;
    }

    @Override
    public Body find(String s3Path) {
        Path file = locate(s3Path);
        if (file == null) {
            isMissing = true;
            return new Body("elsewhere", null);
        }
        found.add(file);
        try {
            long size = Files.size(file);
            together += size;
            if (size > MAX_BODY || together > MAX_TOGETHER) {
                return new Body("too_large", null);
            }
            return read(Files.readAllBytes(file));
        } catch (IOException | UndecodableException _) {
            return new Body("unreadable", null);
        }
    }

    private static Body read(byte[] file) {
        byte[] plain = file;
        if (file.length > 2 && (file[0] & 0xff) == GZIP_1 && (file[1] & 0xff) == GZIP_2) {
            plain = ContentCoding.GZIP.decompress(file, MAX_BODY, _ -> {});
        }
        if (plain == null || plain.length > MAX_BODY) {
            return new Body("too_large", null);
        }
        JsonNode json = VendorJson.within(new String(plain, StandardCharsets.UTF_8));
        return json == null ? new Body("unreadable", null) : new Body("read", json);
    }

    /** The file at the key, or at what is left of it; absent if there is none, or the path is none. */
    private @Nullable Path locate(String s3Path) {
        if (!s3Path.startsWith(SCHEME) || s3Path.length() > MAX_PATH) {
            return null;
        }
        List<String> key = List.of(s3Path.substring(SCHEME.length()).split("/", -1));
        if (key.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            return null;
        }
        try {
            // with the bucket first, for mirrors of several; the name alone is not enough to know it by
            for (int from = 0; from < key.size() - 1; from++) {
                Path relative = Path.of(String.join("/", key.subList(from, key.size())));
                for (Path root : roots) {
                    Path file = root.resolve(relative).normalize();
                    if (file.startsWith(root) && isPlain(root, file)) {
                        return file;
                    }
                }
            }
        } catch (InvalidPathException _) {
            return null;
        }
        return null;
    }

    /** Whether it is a file, and no link leads to it. */
    private static boolean isPlain(Path root, Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (Path folder = file.getParent(); folder != null && !folder.equals(root); folder = folder.getParent()) {
            if (Files.isSymbolicLink(folder)) {
                return false;
            }
        }
        return true;
    }
}
