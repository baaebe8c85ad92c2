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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
        Set<String> known = variables(Settings.of(service), _ -> true);

        assertThat(known).containsAll(givenTo(service));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "ingest-service", "aggregation-service", "quality-service", "alert-service"})
    void everySettingThatTheServiceCannotDoWithoutIsGiven(String service) throws IOException {
        Set<String> needed = variables(Settings.of(service), Settings.Setting::isNeededInACluster);

        assertThat(givenTo(service)).containsAll(needed);
    }

    /** The lists above are worth nothing if reading the classes finds nothing. */
    @Test
    void settingsOfMappingsAreFoundBelowTheirPrefixes() throws IOException {
        assertThat(variables(Settings.of("quality-service"), Settings.Setting::isNeededInACluster))
                .contains("PENTAMETER_QUALITY_SAMPLING_KEY", "PENTAMETER_QUALITY_JUDGE_ENCRYPTION_KEY");
        assertThat(variables(Settings.of("quality-service"), setting -> !setting.isNeededInACluster()))
                .contains("PENTAMETER_QUALITY_JUDGE_MAX_CHARS", "PENTAMETER_QUALITY_SAMPLING_JUDGE_FLOOR");
        assertThat(variables(Settings.of("gateway"), setting -> !setting.isNeededInACluster()))
                .contains("PENTAMETER_GATEWAY_LIMIT_KEY_SPANS_PER_SECOND");
    }

    private static Set<String> variables(Collection<Settings.Setting> settings, Predicate<Settings.Setting> which) {
        return settings.stream()
                .filter(which)
                .map(Settings.Setting::variable)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> givenTo(String service) throws IOException {
        return deployment(resources(service)).getEnv().stream()
                .map(EnvVar::getName)
                .filter(name -> name.startsWith("PENTAMETER_"))
                .collect(Collectors.toCollection(TreeSet::new));
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
}
