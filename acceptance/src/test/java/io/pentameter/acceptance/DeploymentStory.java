package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests parse into the typed model, and say nothing that the services do not know. */
class DeploymentStory {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "ingest-service", "aggregation-service", "quality-service", "alert-service"})
    void aServicesManifestIsOneThatAClusterWouldTake(String service) throws IOException, ReflectiveOperationException {
        List<HasMetadata> resources = resources(service);

        assertThat(resources)
                .extracting(HasMetadata::getKind)
                .containsExactly("Deployment", "Service", "PodDisruptionBudget");
        for (HasMetadata resource : resources) {
            assertThat(resource).isNotInstanceOf(GenericKubernetesResource.class);
            assertThat(unknownFields(resource)).as(resource.getKind()).isEmpty();
        }
        Container container = deployment(resources);
        assertThat(Quantity.getAmountInBytes(
                        container.getResources().getLimits().get("memory")))
                .isPositive();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        List<String> ports = container.getPorts().stream().map(p -> p.getName()).toList();
        assertThat(ports)
                .contains(
                        container.getReadinessProbe().getHttpGet().getPort().getStrVal(),
                        container.getLivenessProbe().getHttpGet().getPort().getStrVal(),
                        container.getStartupProbe().getHttpGet().getPort().getStrVal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "ingest-service", "aggregation-service", "quality-service", "alert-service"})
    void everyVariableIsOneThatTheServiceReads(String service) throws IOException {
        String known = sources(service) + sources("service-kit");

        for (EnvVar variable : deployment(resources(service)).getEnv()) {
            if (variable.getName().startsWith("PENTAMETER_")) {
                assertThat(known).as(service).containsPattern(property(variable.getName()));
            }
        }
    }

    /** A variable stands for the property whose dots and dashes are underscores in it; or for a part of a mapping. */
    private static String property(String variable) {
        List<String> words = List.of(variable.toLowerCase(Locale.ROOT).split("_", -1));
        return String.join("[.-]", words) + "|prefix = \"" + words.get(0) + "[.]" + words.get(1) + "\"";
    }

    private static Container deployment(List<HasMetadata> resources) {
        return ((Deployment) resources.getFirst())
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static List<HasMetadata> resources(String service) throws IOException {
        KubernetesSerialization serialization = new KubernetesSerialization();
        String text = Files.readString(ROOT.resolve("k8s/base/" + service + ".yaml"));
        List<HasMetadata> resources = new ArrayList<>();
        for (String document : text.split("(?m)^---$", -1)) {
            resources.add(serialization.unmarshal(document));
        }
        return resources;
    }

    /** Names of fields that the model does not know: it keeps them aside as additional properties. */
    private static List<String> unknownFields(Object part) throws ReflectiveOperationException {
        List<String> unknown = new ArrayList<>();
        if (part instanceof Collection<?> parts) {
            for (Object inner : parts) {
                unknown.addAll(unknownFields(inner));
            }
        } else if (part.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            for (Field field : part.getClass().getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(part);
                if (field.getName().equals("additionalProperties") && value instanceof Map<?, ?> extras) {
                    extras.keySet().forEach(name -> unknown.add(String.valueOf(name)));
                } else if (value != null) {
                    unknown.addAll(unknownFields(value));
                }
            }
        }
        return unknown;
    }

    private static String sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
            return files.filter(
                            f -> f.toString().endsWith(".java") || f.toString().endsWith(".properties"))
                    .map(DeploymentStory::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
