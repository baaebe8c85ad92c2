package io.pentameter.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a service reads, as its classes and its properties say: config mappings, injected properties, and
 * what the properties of the framework are made of.
 */
final class Settings {

    private static final DotName MAPPING = DotName.createSimple("io.smallrye.config.ConfigMapping");
    private static final DotName DEFAULT = DotName.createSimple("io.smallrye.config.WithDefault");
    private static final DotName NAME = DotName.createSimple("io.smallrye.config.WithName");
    private static final DotName INJECTED =
            DotName.createSimple("org.eclipse.microprofile.config.inject.ConfigProperty");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(pentameter[^:}]*)(?::([^}]*))?}");

    private final Map<String, Setting> found = new TreeMap<>();
    private final Properties properties = new Properties();

    private Settings() {}

    /**
     * @param standard   value without any setting; null if there is none
     * @param isOptional whether the service starts without it
     */
    record Setting(String name, @Nullable String standard, boolean isOptional) {

        /** The name of the environment variable. */
        String variable() {
            return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }

        /**
         * Whether a manifest must give it: nothing else does, or only an address of the own machine. Keys too, optional or
         * not: without one, each replica and each start would have its own.
         */
        boolean isNeededInACluster() {
            if (standard == null || standard.isEmpty()) {
                return !isOptional || name.endsWith("key");
            }
            return standard.contains("127.0.0.1") || standard.contains("localhost");
        }
    }

    static Collection<Setting> of(String service) throws IOException {
        Settings settings = new Settings();
        Index classes = ServiceClasses.of("service-kit", service);
        settings.load("service-kit/src/main/resources/META-INF/microprofile-config.properties");
        settings.load(service + "/src/main/resources/application.properties");
        for (AnnotationInstance mapping : classes.getAnnotations(MAPPING)) {
            settings.readMapping(mapping.target().asClass(), text(mapping, "prefix"), classes);
        }
        for (AnnotationInstance injected : classes.getAnnotations(INJECTED)) {
            settings.add(text(injected, "name"), textOrNull(injected, "defaultValue"), false);
        }
        for (Object value : settings.properties.values()) {
            Matcher reference = REFERENCE.matcher((String) value);
            while (reference.find()) {
                settings.add(reference.group(1), reference.group(2), false);
            }
        }
        return settings.found.values();
    }

    private void load(String file) throws IOException {
        Path path = ServiceClasses.ROOT.resolve(file);
        try (Reader in = Files.newBufferedReader(path)) {
            properties.load(in);
        }
    }

    private void readMapping(ClassInfo group, String prefix, IndexView classes) {
        for (MethodInfo method : group.methods()) {
            if (method.isDefault() || method.isSynthetic() || method.parametersCount() > 0) {
                continue;
            }
            AnnotationInstance named = method.annotation(NAME);
            String name = prefix + "." + (named == null ? dashed(method.name()) : text(named, "value"));
            ClassInfo inner = classes.getClassByName(method.returnType().name());
            if (inner != null && inner.isInterface()) {
                readMapping(inner, name, classes);
            } else {
                AnnotationInstance standard = method.annotation(DEFAULT);
                String type = method.returnType().name().withoutPackagePrefix();
                // a map without entries is a value
                boolean isOptional = type.startsWith("Optional") || type.equals("Map");
                add(name, standard == null ? null : text(standard, "value"), isOptional);
            }
        }
    }

    private void add(String name, @Nullable String standard, boolean isOptional) {
        if (name.startsWith("pentameter.")) {
            String given = properties.getProperty(name, standard);
            found.putIfAbsent(name, new Setting(name, given, isOptional));
        }
    }

    private static String dashed(String method) {
        return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String text(AnnotationInstance annotation, String member) {
        return annotation.value(member).asString();
    }

    private static @Nullable String textOrNull(AnnotationInstance annotation, String member) {
        return annotation.value(member) == null ? null : text(annotation, member);
    }
}
