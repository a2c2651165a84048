package dev.polyphony.experiment;

import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in one spelling: keys sorted, no whitespace, numbers in the shortest form that reads back the same on every JDK,
 * enumerations as recipes write them ({@code CROP_FLIP} is {@code "crop-flip"}).
 */
final class CanonicalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new HyphenatedEnumerations())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private CanonicalJson() {}

    /** The one spelling of a record, map, list or scalar. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** A record from a tree of maps with the keys of its components. */
    static <T> T bind(Map<String, ?> tree, Class<T> type) {
        return MAPPER.convertValue(tree, type);
    }

    /** A record as a map of its components. */
    static Map<String, Object> tree(Object value) {
        return MAPPER.convertValue(value, new TypeReference<Map<String, Object>>() {});
    }

    /** A JSON object as a map. */
    static Map<String, Object> parse(String json) {
        return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
    }

    private static final class HyphenatedEnumerations extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
            return EnumNamingStrategies.KebabCaseStrategy.class;
        }
    }
}
