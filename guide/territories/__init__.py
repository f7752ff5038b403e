"""Floor 1: region, departments, EPCI, bassins de vie, communes, zonings, indicators."""
