package dev.morgana.spi;

import dev.morgana.spi.provider.StoreProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A class loader that knows one store provider more than its parent. */
final class ServiceAdder extends ClassLoader {
    private final String provider;

    ServiceAdder(String provider) {
        super(ServiceAdder.class.getClassLoader());
        this.provider = provider;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(super.getResources(name)));
        if (name.equals("META-INF/services/" + StoreProvider.class.getName())) {
            all.add(new URL("memory", "", -1, "services", new OneLine(provider)));
        }
        return Collections.enumeration(all);
    }

    private static final class OneLine extends URLStreamHandler {
        private final String line;

        OneLine(String line) {
            this.line = line;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }
}
