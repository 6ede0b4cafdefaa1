package stranger;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;

/** An application that uses whatever it finds. */
public final class Application {
    private Application() {}

    public static void main(String[] arguments) throws Exception {
        Morgana morgana = Morgana.load();
        System.out.println("module " + Morgana.class.getModule().isNamed());
        morgana.formats().forEach(format -> System.out.println("format " + format.format()));
        morgana.drivers().forEach(driver -> System.out.println("driver " + driver.driver()));
        morgana.deviceLayers().forEach(layer -> System.out.println("layer " + layer.layer()));
        morgana.problems().forEach(problem -> System.out.println("problem " + problem));
        for (String address : arguments) {
            try (KeyValueStore store = morgana.create(address)) {
                store.set(Key.of("/a/b"), new byte[] {42});
                System.out.println(store.info().format() + " says " + store.get(Key.of("/a/b"))[0]);
            }
        }
    }
}
