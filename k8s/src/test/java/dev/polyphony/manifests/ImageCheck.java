package dev.polyphony.manifests;

import static dev.polyphony.manifests.Rendering.containers;
import static dev.polyphony.manifests.Rendering.title;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Images are those that the build makes, of a stated version and variant. */
final class ImageCheck implements Check {

    private static final Pattern IMAGE = Pattern.compile(
            "polyphony/(perturb-service|teacher-service|student-trainer|evaluator):\\d+\\.\\d+\\.\\d+-(cpu|cu118)");

    @Override
    public List<String> problems(Rendering rendering) {
        List<String> problems = new ArrayList<>();
        rendering.workloads().forEach(workload -> containers(workload).forEach(container -> {
            String image = container.path("image").asText();
            String service = workload.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                    .asText();
            if (!IMAGE.matcher(image).matches()) {
                problems.add(title(workload) + " runs the image " + image + ", which the build does not make");
            } else if (!image.startsWith("polyphony/" + service + ":")) {
                problems.add(title(workload) + " is labelled " + service + " and runs " + image);
            }
            boolean onGpu = container.at("/resources/limits/nvidia.com~1gpu").isTextual();
            if (onGpu != image.endsWith("-cu118")) {
                problems.add(title(workload) + " runs " + image + (onGpu ? " with" : " without") + " a GPU");
            }
        }));
        return problems;
    }
}
